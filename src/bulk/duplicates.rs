//! Which item it was, when the store refuses a batch for something that must be unique. Only looked into then:
//! to ask for every row beforehand would double the price of a load.

use std::collections::HashSet;
use std::hash::Hash;

use crate::error::Result;
use crate::store::Tx;

/// The first position whose key came before, in this batch or (`stored`) in an earlier one.
pub fn first<K: Hash + Eq + Clone>(
    tx: &mut Tx<'_>,
    keys: impl Iterator<Item = (usize, K)>,
    mut stored: impl FnMut(&mut Tx<'_>, &K) -> Result<bool>,
) -> Result<Option<(usize, K)>> {
    let mut seen = HashSet::new();
    for (position, key) in keys {
        if !seen.insert(key.clone()) || stored(tx, &key)? {
            return Ok(Some((position, key)));
        }
    }
    Ok(None)
}
