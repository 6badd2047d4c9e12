package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.likelihood.IndependentSubjects;
import dev.mixedmodels.engine.report.UnitSizes;
import dev.mixedmodels.engine.statistics.GroupReduction;
import dev.mixedmodels.engine.statistics.WithinResidual;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The reduced rows of some subjects, all rows of each. */
public final class SubjectPart implements Serializable {
    private static final long serialVersionUID = 1L;

    private final GroupReduction products; // all of each subject; null if they are not kept
    private final GroupReduction sums;
    private final int[] numbers; // of the subjects, in order; null of all subjects
    private final SubjectTotals totals;

    /** What was gathered, which is not to be used any more. */
    SubjectPart(final SubjectSums gathered) {
        numbers = gathered.statistics().codes();
        final GroupReduction all = gathered.statistics().reduction();
        products = gathered.whole() ? all : null;
        sums = gathered.whole() ? all.split(gathered.q()) : all;
        int most = 0;
        for (int i = 1; i < sums.levels(); i++) {
            most = sums.counts()[i] > sums.counts()[most] ? i : most;
        }
        totals = new SubjectTotals(sums.rows(), WithinResidual.ranks(sums), sums.within(), gathered.order(),
            gathered.plain(), UnitSizes.of(sums.counts()), sums.levels() == 0 ? 0 : number(most));
    }

    private SubjectPart(final GroupReduction sums, final int[] numbers) {
        this.sums = sums;
        this.numbers = numbers;
        products = null;
        totals = null;
    }

    /**
     * @param subjects numbers of some of these subjects, in order
     * @return what predictions need of them
     */
    public SubjectPart some(final int[] subjects) {
        return new SubjectPart(sums.some(IntStream.of(subjects).map(this::place).toArray()), subjects);
    }

    SubjectTotals totals() {
        return totals;
    }

    /** Number of these subjects. */
    int subjects() {
        return sums.levels();
    }

    /** Numbers of these subjects among all, in order. */
    IntStream numbers() {
        return IntStream.range(0, subjects()).map(this::number);
    }

    /** Number of a subject among all from its place among these. */
    private int number(final int place) {
        return numbers == null ? place : numbers[place];
    }

    /** Place among these subjects of one of them. */
    int place(final int number) {
        return numbers == null ? number : Arrays.binarySearch(numbers, number);
    }

    /** Number of rows of a subject. */
    int count(final int place) {
        return sums.counts()[place];
    }

    GroupReduction products() {
        return products;
    }

    /** Their shares of the likelihood. */
    IndependentSubjects shares() {
        return new IndependentSubjects(sums);
    }
}
