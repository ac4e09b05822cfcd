//! Colleagues that a comment names (H12): `@anna@acme.example`.

use super::bounds::ITEMS;

/// The addresses after an `@`, in lower case, each once, in their order, and no more than a list may have. Anything may be such an
/// address that looks like one; whose it is others must know.
pub fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let begins = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric() && !"._%+-@".contains(before));
        let Some(address) = Some(&text[at + 1..]).filter(|_| begins).and_then(address) else { continue };
        if !found.contains(&address) {
            found.push(address);
        }
        if found.len() == ITEMS {
            break;
        }
    }
    found
}

/// The address that a text begins with.
fn address(text: &str) -> Option<String> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "._%+-@'".contains(c))).unwrap_or(text.len());
    let word = text[..end].trim_end_matches(['.', '-', '\'']).to_lowercase();
    let (local, domain) = word.split_once('@')?;
    (!local.is_empty() && !domain.is_empty() && !domain.contains('@')).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h12_an_address_after_an_at_sign_names_a_colleague() {
        assert_eq!(addresses("see @Anna@acme.example."), ["anna@acme.example"]);
        assert_eq!(addresses("(@a@b.example, @c.d@e.example) @a@b.example"), ["a@b.example", "c.d@e.example"]);
        assert_eq!(addresses("@żaneta@łódź.example!"), ["żaneta@łódź.example"]);
        for plain in ["write to anna@acme.example", "@anna", "@", "@@a", "x@a@b.example", "@a@b@c"] {
            assert!(addresses(plain).is_empty(), "{plain}: {:?}", addresses(plain));
        }
    }
}
