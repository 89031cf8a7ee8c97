//! Welch's t-test between two classes of times.

/// The samples of two classes.
#[derive(Debug, Default)]
pub struct Classes([Vec<f64>; 2]);

impl Classes {
    pub fn add(&mut self, class: usize, sample: f64) {
        self.0[class].push(sample);
    }

    /// Without the slowest tenth of all: interrupts say nothing about secrets. The limit is one for both classes.
    pub fn cropped(mut self) -> Self {
        let mut all: Vec<f64> = self.0.iter().flatten().copied().collect();
        all.sort_by(f64::total_cmp);
        let limit = all.get(all.len() * 9 / 10).copied().unwrap_or(f64::INFINITY);
        self.0.iter_mut().for_each(|class| class.retain(|sample| *sample < limit));
        self
    }

    pub fn means(&self) -> [f64; 2] {
        self.0.each_ref().map(|class| mean(class))
    }

    /// How many standard errors the means are apart.
    pub fn t(&self) -> f64 {
        let [fixed, random] = self.means();
        let error: f64 = self.0.iter().map(|class| variance(class) / class.len() as f64).sum();
        (fixed - random) / error.sqrt()
    }
}

fn mean(class: &[f64]) -> f64 {
    class.iter().sum::<f64>() / class.len() as f64
}

fn variance(class: &[f64]) -> f64 {
    let mean = mean(class);
    class.iter().map(|sample| (sample - mean).powi(2)).sum::<f64>() / (class.len() as f64 - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_is_welchs() {
        let mut classes = Classes::default();
        [1.0, 2.0, 3.0].iter().for_each(|sample| classes.add(0, *sample));
        [5.0, 7.0, 9.0, 11.0].iter().for_each(|sample| classes.add(1, *sample));
        // Means 2 and 8, variances 1 and 20/3: -6 / sqrt(1/3 + 5/3).
        assert!((classes.t() + 6.0 / 2f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn the_slowest_are_left_out_of_both_classes_alike() {
        let mut classes = Classes::default();
        (0..10).for_each(|n| classes.add(n % 2, if n == 9 { 1e9 } else { n as f64 }));
        assert_eq!(classes.cropped().means(), [4.0, 4.0]);
    }
}
