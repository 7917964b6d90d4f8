//! How much is read, in one place: what is longer, larger or deeper is refused with a message, never cut off and never tried.
//!
//! Whoever checks a draft that a stranger sent in must be able to rely on an answer. Each limit lies far above what people
//! write and far below what a machine cannot bear.

/// A claim file, in bytes; also what standard input may hold, where it is not answered line by line.
pub const LARGEST_CLAIMS: u64 = 256 * MEBIBYTE;
/// A draft, in bytes.
pub const LARGEST_DRAFT: u64 = 16 * MEBIBYTE;
/// A fact or vocabulary file that is given by hand or found in a folder, in bytes.
pub const LARGEST_FACTS: u64 = 64 * MEBIBYTE;
/// A table that is given by hand, in bytes: somebody exported it and knows how large it is.
pub const LARGEST_TABLE: u64 = 512 * MEBIBYTE;
/// A file that a `source` or `include` line names, in bytes.
pub const LARGEST_NAMED: u64 = 64 * MEBIBYTE;
/// All files together that `source` and `include` lines of one run name, in bytes.
pub const LARGEST_NAMED_TOGETHER: u64 = 512 * MEBIBYTE;
/// A `factum.toml`, in bytes.
pub const LARGEST_CONFIG: u64 = MEBIBYTE;
/// What a user's own extractor may answer for one article, in bytes.
pub const LARGEST_ANSWER: u64 = 16 * MEBIBYTE;
/// A `.gitignore` or `.ignore` file, in bytes.
pub const LARGEST_IGNORE: u64 = MEBIBYTE;

/// A line of any file, in bytes.
pub const LONGEST_LINE: usize = 64 * 1024;
/// A statement, in bytes.
pub const LONGEST_STATEMENT: usize = 4 * 1024;
/// A word of a statement, in bytes.
pub const LONGEST_WORD: usize = 256;
/// A word or words that near misses are looked for, in characters.
pub const LONGEST_MISSPELT: usize = 128;

/// Words and marks of one statement.
pub const MOST_CHUNKS: usize = 160;
/// Steps of work that understanding one statement may cost: looking at a word of a phrasing, a noun phrase, a way to take the
/// statement apart. Ordinary statements take some hundreds.
pub const MOST_STEPS: u32 = 100_000;
/// Steps of work that finding out why a statement is not understood may cost.
pub const MOST_STEPS_OF_TELLING: u32 = 20_000;
/// Statements inside statements ("X said that Y said that …", "A and B and C").
pub const DEEPEST_STATEMENTS: usize = 6;
/// A statement that is refused and looked through for what it may have been meant to say, in bytes.
pub const LONGEST_MENDED: usize = 400;
/// Parts of one phrasing, those that may be left out and those inside them included.
pub const MOST_PARTS: usize = 32;
/// Roles of one relation.
pub const MOST_ROLES: usize = 16;
/// Statements that an extractor may propose for one article.
pub const MOST_EXTRACTED: usize = 10_000;
/// Statements of one draft or source that are compared with one another.
pub const MOST_COMPARED: usize = 300;
/// Kinds above a kind, or groups around a name, directly or not.
pub const MOST_ABOVE: usize = 100;
/// Ties of one relation, or names, kinds and roles that one declaring line may list.
pub const MOST_LISTED: usize = 1000;
/// Kinds and relations that may be declared in all, each.
pub const MOST_DECLARED: usize = 10_000;
/// Files that the `include` lines of one run may open in all.
pub const MOST_INCLUDED: usize = 1000;

/// Files that include one another.
pub const DEEPEST_INCLUDE: usize = 16;
/// What is looked at for where and when an article was written, at the start of a paragraph, in bytes.
pub const LONGEST_HEAD: usize = 256;
/// Lines of the block at the head of a file in which it tells about itself.
pub const MOST_FRONT_LINES: usize = 1000;
/// Elements of HTML inside one another of which each is known; those further in are taken for text.
pub const DEEPEST_ELEMENTS: usize = 256;
/// Brackets inside brackets, in a phrasing.
pub const DEEPEST_BRACKETS: usize = 8;

/// Rules that the parser may try on one text. A line of the longest length needs less than a tenth of it.
pub const MOST_PARSER_CALLS: usize = 20_000_000;

const MEBIBYTE: u64 = 1024 * 1024;

/// A size in bytes as it is said in a message.
pub fn size_in_words(bytes: u64) -> String {
    match bytes.checked_div(MEBIBYTE) {
        Some(whole) if whole > 0 => format!("{whole} MiB"),
        _ => format!("{bytes} bytes"),
    }
}
