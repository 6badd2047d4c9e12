package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a call of another program must say to fit the same model.
 *
 * @param formula response, mean and offsets; its random terms are not looked at
 * @param data how the table is prepared
 * @param random the random terms
 * @param residuals their covariance
 * @param reml whether by restricted maximum likelihood
 * @param df degrees of freedom
 * @param covariance of the fixed effects
 * @param cluster what a sandwich adds up over; null where there is none
 */
public record CalledModel(Formula formula, CalledData data, List<CalledRandom> random, CalledResiduals residuals,
    boolean reml, DfMethod df, FixedCovariance covariance, Grouping cluster) {

    TermList mean() {
        return formula.fixed();
    }

    boolean noMean() {
        return !mean().intercept() && mean().terms().isEmpty();
    }

    /** Response less offsets, in R's notation, for what knows no offset. */
    String centredResponse() {
        return formula.offsets().isEmpty() ? formula.response().toString() : "I(" + formula.response() + " - "
            + formula.offsets().stream().map(offset -> "(" + offset + ")").collect(Collectors.joining(" - ")) + ")";
    }

    /** All terms of the mean and of random effects. */
    List<Term> terms() {
        return Stream.concat(mean().terms().stream(),
            random.stream().flatMap(part -> part.term().effects().terms().stream())).toList();
    }

    /** Whether residuals are independent and have one variance but for weights. */
    boolean plainResiduals() {
        return residuals.independent() && residuals.oneVariance();
    }
}
