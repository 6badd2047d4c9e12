package dev.mixedmodels.engine.covariance;

/**
 * A figure about V that is reported for a structure: an entry of V, a correlation, v - c of compound symmetry ...
 *
 * @param name its name in the tables, {@code Var(8)}, {@code Cov(8, 10)}, {@code rho} ...
 * @param kind which function of V it is
 * @param row i, a row of V
 * @param column j, a row of V
 */
public record ReportedParameter(String name, Kind kind, int row, int column) {

    /** Functions of V. */
    public enum Kind {
        /** V_ii. */
        VARIANCE,
        /** V_ij. */
        COVARIANCE,
        /** V_ij / sqrt(V_ii V_jj). */
        CORRELATION,
        /** V_ii - V_ij: the variance left when what the rows share is removed. */
        DIFFERENCE,
        /** V_ij / V_ik, k the row before j: by what factor a correlation falls. */
        RATIO,
        /** A parameter of a correlation over places in (0, 1). */
        SHARE,
        /** A positive parameter of a correlation over places. */
        RANGE
    }

    /**
     * @param v V, n x n
     * @param n number of rows of V
     * @return the value of the parameter
     */
    public double value(final double[] v, final int n) {
        final double vii = v[row * n + row];
        final double vij = v[row * n + column];
        return switch (kind) {
            case VARIANCE -> vii;
            case COVARIANCE -> vij;
            case CORRELATION -> vij / Math.sqrt(vii * v[column * n + column]);
            case DIFFERENCE -> vii - vij;
            case RATIO -> vij / v[row * n + column - 1];
            default -> throw new IllegalStateException(kind + " is no function of V");
        };
    }

    /**
     * @param v V, n x n
     * @param dv dV / dtheta_k, n x n
     * @param n number of rows of V
     * @return the derivative of the parameter by theta_k
     */
    public double derivative(final double[] v, final double[] dv, final int n) {
        final double dii = dv[row * n + row];
        final double dij = dv[row * n + column];
        final double vii = v[row * n + row];
        final double vjj = v[column * n + column];
        return switch (kind) {
            case VARIANCE -> dii;
            case COVARIANCE -> dij;
            case CORRELATION -> (dij - v[row * n + column] / 2
                * (dii / vii + dv[column * n + column] / vjj)) / Math.sqrt(vii * vjj);
            case DIFFERENCE -> dii - dij;
            case RATIO -> (dij - value(v, n) * dv[row * n + column - 1]) / v[row * n + column - 1];
            default -> throw new IllegalStateException(kind + " is no function of V");
        };
    }

    /**
     * @param v V, n x n
     * @param dk dV / dtheta_k, n x n
     * @param dl dV / dtheta_l, n x n
     * @param dkl d2V / dtheta_k dtheta_l, n x n
     * @param n number of rows of V
     * @return the second derivative of the parameter by theta_k and theta_l
     */
    public double second(final double[] v, final double[] dk, final double[] dl, final double[] dkl, final int n) {
        final int ii = row * n + row;
        final int jj = column * n + column;
        final int ij = row * n + column;
        if (kind == Kind.RATIO) {
            final double w = v[ij - 1];
            final double q = v[ij] / w;
            return (dkl[ij] - q * dkl[ij - 1] - (dk[ij] - q * dk[ij - 1]) / w * dl[ij - 1]
                - (dl[ij] - q * dl[ij - 1]) / w * dk[ij - 1]) / w;
        }
        if (kind != Kind.CORRELATION) {
            return value(dkl, n); // linear in V
        }
        // r = v_ij e^-u, u = (log v_ii + log v_jj) / 2
        final double uk = (dk[ii] / v[ii] + dk[jj] / v[jj]) / 2;
        final double ul = (dl[ii] / v[ii] + dl[jj] / v[jj]) / 2;
        final double ukl = (dkl[ii] / v[ii] - dk[ii] / v[ii] * (dl[ii] / v[ii])
            + dkl[jj] / v[jj] - dk[jj] / v[jj] * (dl[jj] / v[jj])) / 2;
        return (dkl[ij] - dl[ij] * uk - dk[ij] * ul + v[ij] * (uk * ul - ukl)) / Math.sqrt(v[ii] * v[jj]);
    }
}
