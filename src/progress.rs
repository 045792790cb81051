//! How far the work is: the stages say it, the command line shows it.

/// Hears how far the work is.
pub trait Progress: Sync {
    /// A stage begins, with so many steps.
    fn begin(&self, stage: &'static str, steps: usize);
    /// A step is done.
    fn step(&self);
}

/// Hears nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}
