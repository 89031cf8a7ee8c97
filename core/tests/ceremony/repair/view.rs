//! What parties learn in a repair, by linear algebra over a small field: whatever they see is a linear map of the secret
//! polynomial and of everybody's randomness.

/// The field of the integers modulo this prime.
const P: u64 = 101;

type Row = Vec<u64>;

fn power(base: u64, exponent: u64) -> u64 {
    (0..exponent).fold(1, |power, _| power * base % P)
}

fn inverse(value: u64) -> u64 {
    power(value, P - 2)
}

pub(crate) fn rank(rows: &[Row]) -> usize {
    let (mut rows, mut rank) = (rows.to_vec(), 0);
    for column in 0..rows.first().map_or(0, Vec::len) {
        let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
        rows.swap(rank, pivot);
        let scale = inverse(rows[rank][column]);
        let pivot = rows[rank].clone();
        for row in rows.iter_mut().skip(rank + 1) {
            let factor = row[column] * scale % P;
            row.iter_mut().zip(&pivot).for_each(|(value, above)| *value = (*value + (P - factor) * above) % P);
        }
        rank += 1;
    }
    rank
}

/// A repair in which helpers, at these identifiers, make the share at `at` of a polynomial f with the threshold `old`; they
/// share it among themselves with the threshold `new`.
///
/// The unknowns: the coefficients of f, and for each helper those that it draws.
pub(crate) struct Model {
    pub(crate) old: u64,
    pub(crate) new: u64,
    pub(crate) helpers: Vec<u64>,
    pub(crate) at: u64,
}

impl Model {
    fn unknowns(&self) -> usize {
        (self.old + (self.new - 1) * self.helpers.len() as u64) as usize
    }

    /// f(x).
    pub(crate) fn share(&self, x: u64) -> Row {
        let mut row = vec![0; self.unknowns()];
        (0..self.old).for_each(|n| row[n as usize] = power(x, n));
        row
    }

    /// All coefficients of f.
    fn polynomial(&self) -> Vec<Row> {
        (0..self.old as usize).map(|place| self.unit(place)).collect()
    }

    fn unit(&self, place: usize) -> Row {
        (0..self.unknowns()).map(|other| u64::from(other == place)).collect()
    }

    /// Where the coefficients that a helper draws stand.
    fn drawn(&self, helper: usize) -> std::ops::Range<usize> {
        let (start, length) = (self.old as usize, self.new as usize - 1);
        start + helper * length..start + (helper + 1) * length
    }

    /// What a helper deals to x: its own share, and a random polynomial that is zero at zero.
    fn dealt(&self, helper: usize, x: u64) -> Row {
        let mut row = self.share(self.helpers[helper]);
        (1..).zip(self.drawn(helper)).for_each(|(n, place)| row[place] = power(x, n));
        row
    }

    /// The weight of a helper's share in f(at).
    fn weight(&self, helper: usize) -> u64 {
        let own = self.helpers[helper];
        let others = self.helpers.iter().filter(|other| **other != own);
        others.fold(1, |weight, other| weight * (P + other - self.at) % P * inverse((P + other - own) % P) % P)
    }

    /// The new polynomial at x: the weighted sum of what is dealt.
    pub(crate) fn sum(&self, x: u64) -> Row {
        let mut row = vec![0; self.unknowns()];
        for helper in 0..self.helpers.len() {
            let (weight, dealt) = (self.weight(helper), self.dealt(helper, x));
            row.iter_mut().zip(dealt).for_each(|(sum, value)| *sum = (*sum + weight * value) % P);
        }
        row
    }

    /// What the holder of the old share at x sees: its share, and if it helps, what it draws and what it is dealt.
    pub(crate) fn holder(&self, x: u64) -> Vec<Row> {
        let own = self.helpers.iter().position(|helper| *helper == x);
        let drawn = own.into_iter().flat_map(|helper| self.drawn(helper)).map(|place| self.unit(place));
        let dealers = 0..own.map_or(0, |_| self.helpers.len());
        [self.share(x)].into_iter().chain(drawn).chain(dealers.map(|dealer| self.dealt(dealer, x))).collect()
    }

    /// What the receiver is handed: everybody's share of the new polynomial.
    pub(crate) fn receiver(&self) -> Vec<Row> {
        self.helpers.iter().map(|x| self.sum(*x)).collect()
    }

    /// How many independent linear equations of f a view determines.
    pub(crate) fn learned(&self, view: &[Row]) -> usize {
        rank(view) + self.old as usize - rank(&[view, &self.polynomial()].concat())
    }
}

pub(crate) fn determines(view: &[Row], value: &Row) -> bool {
    rank(&[view, std::slice::from_ref(value)].concat()) == rank(view)
}

/// All subsets of at most so many.
pub(crate) fn subsets(of: &[u64], most: usize) -> Vec<Vec<u64>> {
    let all = (0u32..1 << of.len()).map(|mask| {
        let chosen = of.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
        chosen.map(|(_, x)| *x).collect::<Vec<u64>>()
    });
    all.filter(|subset| subset.len() <= most).collect()
}
