//! What the fuzz targets share: the properties, the texts that the mutations draw from, and how corpora are kept.

pub mod entries;
pub mod mutate;
pub mod properties;
