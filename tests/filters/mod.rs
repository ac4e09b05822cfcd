//! The filter language (V3) and the order of lists (V4): the same meaning in SQL on both engines and in memory, and its forms.

mod any;
mod few;
mod forms;
mod lists;
mod meaning;
mod world;
