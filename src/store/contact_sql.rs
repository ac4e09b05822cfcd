//! A contact's name, as SQL works it out for filters: the same as `domain::contact`, which the property test of filters compares.

/// `domain::contact::filled` in SQL: without Unicode's white space around it, and what is blank is not there.
macro_rules! filled {
    ($text:literal) => {
        concat!(
            "nullif(trim(",
            $text,
            ", '\t\n\u{b}\u{c}\r \u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}'), '')"
        )
    };
}

/// `domain::contact::Names::display` in SQL.
pub(super) const NAME: &str = concat!(
    "(CASE WHEN ",
    filled!("p.first_name"),
    " IS NOT NULL AND ",
    filled!("p.last_name"),
    " IS NOT NULL THEN ",
    filled!("p.first_name"),
    " || ' ' || ",
    filled!("p.last_name"),
    " ELSE coalesce(",
    filled!("p.first_name"),
    ", ",
    filled!("p.last_name"),
    ", ",
    filled!("p.email"),
    ", ",
    filled!("p.phone"),
    ", ",
    filled!("p.mobile_phone"),
    ") END)"
);
