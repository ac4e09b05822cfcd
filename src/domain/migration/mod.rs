//! Moving a channel from an inbox to the help desk (M1 to M22): what is decided, apart from how it is stored.
