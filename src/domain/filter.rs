//! The filter language (placeholder).
