//! What can be changed in a source file, and into what.
//!
//! In: the text of a file. Out: its mutants, each with the bytes that it changes, and the functions that are left out.
//! Never: changes anything; looks inside macros, attributes, patterns, types, constants and tests.

use std::collections::BTreeMap;
use std::ops::Range;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Lit, ReturnType, Stmt, Type, UnOp};

/// How a mutant is put into the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Another expression in place of the one at the range.
    Instead(String),
    /// The statement at the range is not run.
    Without,
    /// The function, whose body begins at the (empty) range, returns this at once.
    Return(String),
}

/// One small change.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// File, function, change and its number among the same changes in the function: survives moved lines.
    pub id: String,
    /// Path below the project's folder, with slashes.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// With its type or trait: `Day::plus`.
    pub function: String,
    /// `replaced < with <=`
    pub what: String,
    /// The bytes that are changed.
    pub range: Range<usize>,
    /// The change.
    pub form: Form,
}

impl Mutant {
    /// As it is shown: `src/time/day.rs:10:5: replaced < with <= in Day::plus`.
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{}:{}:{}: {} in {}", self.file, self.line, self.column, self.what, self.function)
    }
}

/// What a file offers.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order of their places.
    pub mutants: Vec<Mutant>,
    /// Functions that can hold no switch, as they are evaluated while compiling.
    pub left_out: Vec<String>,
}

/// The mutants of one file.
///
/// # Errors
/// If the text is not Rust.
pub fn points(file: &str, text: &str) -> syn::Result<Found> {
    let parsed = syn::parse_file(text)?;
    let mut finder = Finder { file, text, place: Vec::new(), found: Found::default() };
    finder.visit_file(&parsed);
    let mut found = finder.found;
    found.mutants.sort_by_key(|m| (m.range.start, m.range.end));
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for mutant in &mut found.mutants {
        let change = format!("{} {}: {}", mutant.file, mutant.function, mutant.what);
        let number = counted.entry(change.clone()).or_default();
        *number += 1;
        mutant.id = format!("{change} #{number}");
    }
    Ok(found)
}

struct Finder<'t> {
    file: &'t str,
    text: &'t str,
    /// Modules, types, traits and functions around.
    place: Vec<String>,
    found: Found,
}

impl Finder<'_> {
    fn of(&self, node: &impl Spanned) -> &str {
        self.text.get(node.span().byte_range()).unwrap_or_default()
    }

    /// `at` is where the reader should look; `range` is what is changed.
    fn add(&mut self, at: Span, range: Range<usize>, what: String, form: Form) {
        let start = at.start();
        self.found.mutants.push(Mutant {
            id: String::new(),
            file: self.file.to_owned(),
            line: start.line,
            column: start.column + 1,
            function: self.place.join("::"),
            what,
            range,
            form,
        });
    }

    fn within(&mut self, name: String, go: impl FnOnce(&mut Self)) {
        self.place.push(name);
        go(self);
        self.place.pop();
    }

    fn function(&mut self, signature: &syn::Signature, attributes: &[syn::Attribute], block: &syn::Block) {
        if for_tests(attributes) {
            return;
        }
        self.within(signature.ident.to_string(), |this| {
            if signature.constness.is_some() {
                let name = this.place.join("::");
                this.found.left_out.push(format!("{}:{}: const fn {name}", this.file, signature.span().start().line));
                return;
            }
            if !block.stmts.is_empty() {
                let inside = this.of(block).trim_matches(['{', '}']).trim().to_owned();
                let begin = block.brace_token.span.open().byte_range().end;
                for value in defaults(&signature.output) {
                    if *value != inside {
                        let form = Form::Return((*value).to_owned());
                        this.add(signature.ident.span(), begin..begin, format!("replaced body with {value}"), form);
                    }
                }
            }
            visit::visit_block(this, block);
        });
    }

    /// The condition of an `if` or of a match arm. A chain with `let` is taken piece by piece, as its names are needed.
    fn condition(&mut self, condition: &Expr, name: &str) {
        match condition {
            Expr::Binary(and) if has_let(condition) && matches!(and.op, BinOp::And(_)) => {
                self.condition(&and.left, name);
                self.condition(&and.right, name);
            }
            Expr::Let(_) => {}
            Expr::Lit(_) => {}
            _ => {
                for value in ["true", "false"] {
                    let form = Form::Instead(value.to_owned());
                    self.add(condition.span(), condition.span().byte_range(), format!("replaced {name} with {value}"), form);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.attrs, &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.attrs, &item.block);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, &item.attrs, block);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let of_trait = self.text.get(trait_range(item)).map(str::to_owned).filter(|name| !name.is_empty());
        let name = self.of(&item.self_ty).to_owned();
        let name = match of_trait {
            // How a thing is printed is formatting; snapshots hold it.
            Some(of_trait) if matches!(of_trait.rsplit("::").next(), Some("Debug" | "Display")) => return,
            Some(of_trait) => format!("<{name} as {of_trait}>"),
            None => name,
        };
        if !for_tests(&item.attrs) {
            self.within(name, |this| visit::visit_item_impl(this, item));
        }
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.within(item.ident.to_string(), |this| visit::visit_item_trait(this, item));
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !for_tests(&item.attrs) {
            self.within(item.ident.to_string(), |this| visit::visit_item_mod(this, item));
        }
    }

    // What is evaluated while compiling has no switch, and what is matched or typed is no expression.
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_item_enum(&mut self, _: &'ast syn::ItemEnum) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_trait_item_const(&mut self, _: &'ast syn::TraitItemConst) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_type(&mut self, _: &'ast Type) {}
    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
    fn visit_macro(&mut self, _: &'ast syn::Macro) {}

    /// Of a pattern only its guard is an expression.
    fn visit_pat(&mut self, pattern: &'ast syn::Pat) {
        if let syn::Pat::Guard(guarded) = pattern {
            self.condition(&guarded.guard, "guard");
            self.visit_expr(&guarded.guard);
        }
    }

    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        self.visit_expr(&repeat.expr);
    }

    fn visit_expr_index(&mut self, index: &'ast syn::ExprIndex) {
        self.visit_expr(&index.expr);
        if !matches!(*index.index, Expr::Lit(_)) {
            self.visit_expr(&index.index);
        }
    }

    fn visit_expr_if(&mut self, branch: &'ast syn::ExprIf) {
        self.condition(&branch.cond, "condition");
        visit::visit_expr_if(self, branch);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let written = self.of(&binary.op).to_owned();
        let chained = matches!(binary.op, BinOp::And(_)) && (has_let(&binary.left) || has_let(&binary.right));
        if !chained {
            for other in others(&binary.op) {
                let form = Form::Instead(format!("({}) {other} ({})", self.of(&binary.left), self.of(&binary.right)));
                self.add(binary.op.span(), binary.span().byte_range(), format!("replaced {written} with {other}"), form);
            }
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        if matches!(unary.op, UnOp::Not(_) | UnOp::Neg(_)) {
            let form = Form::Instead(self.of(&unary.expr).to_owned());
            self.add(unary.op.span(), unary.span().byte_range(), format!("deleted {}", self.of(&unary.op)), form);
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_lit(&mut self, literal: &'ast syn::ExprLit) {
        if let Lit::Int(number) = &literal.lit
            && let Ok(value) = number.base10_parse::<u64>()
        {
            let next = value.saturating_add(1);
            let what = format!("replaced {value} with {next}");
            self.add(number.span(), number.span().byte_range(), what, Form::Instead(format!("{next}{}", number.suffix())));
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if let Stmt::Expr(Expr::MethodCall(call), Some(_)) = statement {
            let what = format!("deleted call of {}", call.method);
            self.add(call.method.span(), statement.span().byte_range(), what, Form::Without);
        }
        visit::visit_stmt(self, statement);
    }
}

fn trait_range(item: &syn::ItemImpl) -> Range<usize> {
    item.trait_.as_ref().map_or(0..0, |of_trait| of_trait.0.span().byte_range())
}

fn for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let test = || attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string().contains("test"));
        path.is_ident("test") || (path.is_ident("cfg") && test())
    })
}

/// Whether a condition binds names: `a && let Some(b) = c`.
fn has_let(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(binary) => matches!(binary.op, BinOp::And(_)) && (has_let(&binary.left) || has_let(&binary.right)),
        _ => false,
    }
}

fn others(operator: &BinOp) -> &'static [&'static str] {
    match operator {
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::Lt(_) => &["<=", "==", ">"],
        BinOp::Le(_) => &["<", ">"],
        BinOp::Gt(_) => &[">=", "==", "<"],
        BinOp::Ge(_) => &[">", "<"],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        BinOp::Add(_) => &["-", "*"],
        BinOp::Sub(_) => &["+", "/"],
        BinOp::Mul(_) => &["+", "/"],
        BinOp::Div(_) => &["*", "%"],
        BinOp::Rem(_) => &["/", "+"],
        BinOp::BitAnd(_) => &["|"],
        BinOp::BitOr(_) => &["&"],
        BinOp::BitXor(_) => &["|"],
        BinOp::Shl(_) => &[">>"],
        BinOp::Shr(_) => &["<<"],
        BinOp::AddAssign(_) => &["-="],
        BinOp::SubAssign(_) => &["+="],
        BinOp::MulAssign(_) => &["/="],
        BinOp::DivAssign(_) => &["*="],
        BinOp::BitAndAssign(_) => &["|="],
        BinOp::BitOrAssign(_) => &["&="],
        _ => &[],
    }
}

/// What a function of this return type may return without having done anything; types that have no plain default are skipped.
fn defaults(output: &ReturnType) -> &'static [&'static str] {
    let ReturnType::Type(_, output) = output else { return &["()"] };
    match &**output {
        Type::Tuple(tuple) if tuple.elems.is_empty() => &["()"],
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else { return &[] };
            match last.ident.to_string().as_str() {
                "bool" => &["true", "false"],
                "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => &["0", "1", "-1"],
                "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => &["0", "1"],
                "Option" => &["None"],
                "Vec" | "String" | "BTreeMap" | "BTreeSet" | "HashMap" | "HashSet" | "VecDeque" => &["Default::default()"],
                _ => &[],
            }
        }
        _ => &[],
    }
}
