//! One function for each thing that can become of a mutant.

/// Both sides of the border are tested.
pub fn grown(age: u32) -> bool {
    age >= 18
}

/// Only one side is tested, so that the border may be moved.
pub fn old(age: u32) -> bool {
    age > 65
}

/// Never ends if its step goes wrong.
pub fn steps(mut from: u8) -> u32 {
    let mut taken = 0_u32;
    while from != 0 {
        from -= 1;
        taken += 1;
    }
    taken
}

/// A number that can be halved.
pub struct Number(pub u32);

impl Number {
    fn halve(&mut self) {
        self.0 /= 2;
    }
}

/// Goes on for ever if nothing is halved.
pub fn halvings(mut from: Number) -> u32 {
    let mut taken = 0_u32;
    while from.0 != 0 {
        from.halve();
        taken = taken.max(1);
    }
    taken * 2
}

/// No test calls it.
pub fn forgotten(a: i64) -> i64 {
    -a
}

/// Texts have a sum and no difference.
pub fn joined(a: &str, b: &str) -> String {
    a.to_owned() + b
}

/// A chain, a guard, a call for its effect and a constant.
pub fn evens(numbers: &[Option<u32>]) -> Vec<u32> {
    const PARTS: u32 = 2;
    let mut found = Vec::new();
    for number in numbers {
        match number {
            Some(number) if number % PARTS == 0 => found.push(*number),
            _ => {}
        }
        if let Some(number) = number
            && *number == 7
        {
            found.clear();
        }
    }
    found
}

/// Evaluated while compiling.
pub const fn twice(a: u32) -> u32 {
    a * 2
}

#[cfg(test)]
mod inside {
    #[test]
    fn sums() {
        assert!(1 + 1 == 2);
    }
}
