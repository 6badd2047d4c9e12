package dev.mixedmodels.engine.oneway;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** The one-way analysis of variance in rational arithmetic on the doubles as they are stored. */
final class ExactAnova {
    private static final MathContext DIGITS = new MathContext(40);

    final BigDecimal between;
    final BigDecimal within;
    final BigDecimal meanSquareBetween;
    final BigDecimal meanSquareWithin;
    final BigDecimal f;
    /** (MSB - MSW) / n0. */
    final BigDecimal sigma2;

    ExactAnova(final double[][] groups) {
        Fraction all = Fraction.ZERO;
        Fraction squares = Fraction.ZERO;
        Fraction groupSquares = Fraction.ZERO;
        long n = 0;
        long squaredSizes = 0;
        for (final double[] group : groups) {
            Fraction sum = Fraction.ZERO;
            for (final double y : group) {
                final Fraction exact = Fraction.of(y);
                sum = sum.plus(exact);
                squares = squares.plus(exact.times(exact));
            }
            all = all.plus(sum);
            groupSquares = groupSquares.plus(sum.times(sum).over(group.length));
            n += group.length;
            squaredSizes += (long) group.length * group.length;
        }
        final Fraction ssBetween = groupSquares.minus(all.times(all).over(n));
        final Fraction ssWithin = squares.minus(groupSquares);
        final Fraction msBetween = ssBetween.over(groups.length - 1L);
        final Fraction msWithin = ssWithin.over(n - groups.length);
        final List<BigDecimal> values = new ArrayList<>();
        for (final Fraction x : List.of(ssBetween, ssWithin, msBetween, msWithin)) {
            values.add(x.value());
        }
        between = values.get(0);
        within = values.get(1);
        meanSquareBetween = values.get(2);
        meanSquareWithin = values.get(3);
        f = meanSquareBetween.divide(meanSquareWithin, DIGITS);
        // n0 = (N^2 - sum n^2) / (N (a - 1))
        sigma2 = msBetween.minus(msWithin).times(new Fraction(BigInteger.valueOf(n * (groups.length - 1L)),
            BigInteger.ONE)).over(n * n - squaredSizes).value();
    }

    /** An exact fraction; doubles have powers of two as denominators, so few reductions are needed. */
    private record Fraction(BigInteger numerator, BigInteger denominator) {
        static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);

        static Fraction of(final double x) {
            final BigDecimal exact = new BigDecimal(x);
            return exact.scale() <= 0 ? new Fraction(exact.toBigIntegerExact(), BigInteger.ONE)
                : new Fraction(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale())).reduced();
        }

        Fraction reduced() {
            final BigInteger common = numerator.gcd(denominator);
            return common.signum() == 0 ? this : new Fraction(numerator.divide(common), denominator.divide(common));
        }

        Fraction plus(final Fraction o) {
            return new Fraction(numerator.multiply(o.denominator).add(o.numerator.multiply(denominator)),
                denominator.multiply(o.denominator)).reduced();
        }

        Fraction minus(final Fraction o) {
            return plus(new Fraction(o.numerator.negate(), o.denominator));
        }

        Fraction times(final Fraction o) {
            return new Fraction(numerator.multiply(o.numerator), denominator.multiply(o.denominator)).reduced();
        }

        Fraction over(final long divisor) {
            return new Fraction(numerator, denominator.multiply(BigInteger.valueOf(divisor))).reduced();
        }

        BigDecimal value() {
            return new BigDecimal(numerator).divide(new BigDecimal(denominator), DIGITS);
        }
    }
}
