//! What is done with values far from the others (极端值处理).

use super::IndexValue;
use super::gather::of_value;
use super::scores::{Workings, compared, of_indicator, roles};
use crate::ledger::{Exact, Operation, StepId, Traced};
use crate::plan::{IndexIndicator, Treatment};

impl Workings<'_> {
    /// Draws the outermost values in to the next one, one after the other, as long as skewness and kurtosis are at their limits or above. Where they still are when
    /// no more may be drawn in, logarithms stand in for all values as they were, if that is asked for: then it is true.
    pub(super) fn treat(
        &mut self,
        indicator: &IndexIndicator,
        treatment: &Treatment,
        placed: &[bool],
        values: &mut [IndexValue],
    ) -> bool {
        let limits = [("skewness", treatment.skewness), ("kurtosis", treatment.kurtosis)];
        let [skewness, kurtosis] = limits.map(|(key, limit)| {
            let key = format!("treatment.{key}");
            self.parameter(&key, &key, limit)
        });
        let mut treated = 0;
        for round in 0_usize.. {
            let now = compared(values, placed);
            let name = |part: &str| of_indicator(indicator, &format!("{part}.{round}"));
            let (skew, is_extreme) = self.extreme(&name, &now, (&skewness, &kurtosis));
            if !is_extreme {
                return false;
            }
            if treated >= treatment.most {
                break;
            }
            let greatest = skew.number().is_some_and(|skew| *skew >= Exact::zero());
            let bound = self.does(name("bound"), Operation::Next { greatest }, &roles("x", &now));
            let Some(limit) = bound.number() else { break };
            for (value, city) in values.iter_mut().zip(self.cities) {
                let Some(used) = &value.used else { continue };
                let is_beyond =
                    used.number().is_some_and(|own| if greatest { own > limit } else { own < limit });
                if is_beyond {
                    let id = of_value(&city.city, &indicator.id, &format!("drawn.{round}"));
                    let args = [("x", used), ("bound", &bound)];
                    let told = self.ledger.does(id, Operation::Bounded { most: greatest }, &args, "");
                    (value.used, value.is_treated) = (Some(told), true);
                }
            }
            treated = (values.iter().zip(placed))
                .filter(|(value, placed)| {
                    **placed && value.used.as_ref().and_then(Traced::number) == Some(limit)
                })
                .count();
        }
        // An indicator whose logarithm is taken anyway has no other one.
        if !treatment.falls_back || indicator.log {
            return false;
        }
        self.take_logarithms(indicator, placed, values);
        let now = compared(values, placed);
        let name = |part: &str| of_indicator(indicator, &format!("{part}.log"));
        self.extreme(&name, &now, (&skewness, &kurtosis));
        true
    }

    /// The skewness of values, and whether this and the kurtosis are at their limits or above.
    fn extreme(
        &mut self,
        name: &dyn Fn(&str) -> StepId,
        now: &[Traced],
        (skewness, kurtosis): (&Traced, &Traced),
    ) -> (Traced, bool) {
        let skew = self.does(name("skewness"), Operation::Skewness, &roles("x", now));
        let kurt = self.does(name("kurtosis"), Operation::Kurtosis, &roles("x", now));
        let args = [
            ("skewness", &skew),
            ("kurtosis", &kurt),
            ("limit.skewness", skewness),
            ("limit.kurtosis", kurtosis),
        ];
        let is_extreme = self.does(name("extreme"), Operation::IsExtreme, &args).is_true();
        (skew, is_extreme)
    }

    /// Logarithms of the values as they were before any was drawn in, from a hundredth of their range below the least.
    fn take_logarithms(&mut self, indicator: &IndexIndicator, placed: &[bool], values: &mut [IndexValue]) {
        for value in values.iter_mut() {
            (value.used, value.is_treated) = (value.plain.clone(), false);
        }
        let over = compared(values, placed);
        let name = |part: &str| of_indicator(indicator, &format!("{part}.log"));
        let least = self.does(name("least"), Operation::Least, &roles("x", &over));
        let greatest = self.does(name("greatest"), Operation::Greatest, &roles("x", &over));
        for (value, city) in values.iter_mut().zip(self.cities) {
            let Some(used) = &value.used else { continue };
            let args = [("x", used), ("least", &least), ("greatest", &greatest)];
            let id = of_value(&city.city, &indicator.id, "log");
            let log = self.ledger.does(id, Operation::LogShifted, &args, "");
            value.take_logarithm(log);
        }
    }
}
