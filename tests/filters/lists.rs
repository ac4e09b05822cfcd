//! Lists with a filter and an order, as operations give them.
