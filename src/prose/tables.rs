//! Tables as sentences: a row says of what stands first in it what the header says of each column.
//!
//! In: the blocks of a document. Out: the same with the cells of a row together, "Aleppo captured 29 November" from a column
//! "Captured". Never: knows a word but those that mean *when*.

use crate::text::{Block, BlockKind, fold_word};

/// Headers of columns that only say when.
const WHEN: [&str; 6] = ["when", "date", "day", "dates", "on", "time"];
/// A cell with more words is a sentence of its own.
const MOST_WORDS: usize = 6;
/// A table with more columns is no list of happenings.
const MOST_COLUMNS: usize = 8;

/// The blocks with the rows of tables as one block each, where a header says what their columns hold.
pub(super) fn with_rows(blocks: Vec<Block>) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::new();
    let mut header: Vec<(usize, usize, Block)> = Vec::new();
    let mut row: Vec<Block> = Vec::new();
    for block in blocks {
        let BlockKind::Cell(cell) = block.kind else {
            close(&mut row, &header, &mut kept);
            kept.push(block);
            continue;
        };
        if row.first().is_some_and(|first| !same_row(first, &block)) {
            close(&mut row, &header, &mut kept);
        }
        if cell.header && cell.row == 0 {
            header.retain(|(table, ..)| *table == cell.table);
            header.push((cell.table, cell.column, block.clone()));
            kept.push(block);
        } else {
            row.push(block);
        }
    }
    close(&mut row, &header, &mut kept);
    kept
}

fn same_row(a: &Block, b: &Block) -> bool {
    matches!((&a.kind, &b.kind), (BlockKind::Cell(a), BlockKind::Cell(b)) if a.table == b.table && a.row == b.row)
}

/// Puts a row away: as sentences where its table has a header, else as the cells that it is of.
fn close(row: &mut Vec<Block>, header: &[(usize, usize, Block)], kept: &mut Vec<Block>) {
    let cells = std::mem::take(row);
    let titled = |block: &Block| {
        let BlockKind::Cell(cell) = &block.kind else { return None };
        header.iter().find(|(table, column, _)| *table == cell.table && *column == cell.column).map(|(.., title)| title)
    };
    let sentence =
        cells.iter().any(|cell| cell.text.trim_end().ends_with(['.', '!', '?']) || cell.text.split_whitespace().count() > MOST_WORDS);
    let [first, rest @ ..] = cells.as_slice() else { return };
    let whole = !sentence && !rest.is_empty() && cells.len() <= MOST_COLUMNS && cells.iter().all(|cell| titled(cell).is_some());
    if !whole {
        kept.extend(cells);
        return;
    }
    let says_when = |title: &Block| WHEN.contains(&fold_word(title.text.trim()).as_str());
    let dates: Vec<&Block> = rest.iter().filter(|cell| titled(cell).is_some_and(says_when)).collect();
    let date = match dates.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let others: Vec<&Block> = rest.iter().filter(|cell| !dates.iter().any(|date| std::ptr::eq(*date, *cell))).collect();
    if others.is_empty() {
        kept.extend(date.map(|date| Block::joined(&[(first, true), (date, true)])));
    }
    for cell in others {
        let Some(title) = titled(cell) else { continue };
        let mut parts = vec![(first, true), (title, false), (cell, true)];
        parts.extend(date.map(|date| (date, true)));
        kept.push(Block::joined(&parts));
    }
}
