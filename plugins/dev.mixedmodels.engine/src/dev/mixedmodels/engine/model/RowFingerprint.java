package dev.mixedmodels.engine.model;

import java.io.Serializable;

/**
 * Tells whether two models were fitted to the same rows, in whatever order: sums over the rows used of hashes of the
 * response as the table has it and of the row id. Other rows have the same sums with a chance of about 2^-128.
 *
 * @param rows number of rows
 * @param responses two sums of hashes of the response
 * @param ids two sums of hashes of the row id
 */
public record RowFingerprint(long rows, long[] responses, long[] ids) {
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xD1B54A32D192ED03L;

    /** Takes rows one by one. */
    public static final class Builder implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long[] responses = new long[2];
        private final long[] ids = new long[2];
        private long rows;

        /**
         * @param response value of a row used
         * @param id its row id
         */
        public void add(final double response, final String id) {
            rows++;
            add(responses, Double.doubleToLongBits(response + 0.0));
            long hash = FIRST;
            for (int i = 0; i < id.length(); i++) {
                hash = mix(hash + id.charAt(i));
            }
            add(ids, hash);
        }

        /**
         * @param other takes other rows
         */
        public void merge(final Builder other) {
            rows += other.rows;
            for (int i = 0; i < 2; i++) {
                responses[i] += other.responses[i];
                ids[i] += other.ids[i];
            }
        }

        private static void add(final long[] sums, final long value) {
            sums[0] += mix(value ^ FIRST);
            sums[1] += mix(value ^ SECOND);
        }

        /**
         * @return the fingerprint of the rows so far
         */
        public RowFingerprint build() {
            return new RowFingerprint(rows, responses.clone(), ids.clone());
        }
    }

    /** Steele, Lea &amp; Flood (2014), the finaliser of SplitMix64. */
    private static long mix(final long value) {
        long x = value;
        x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }
}
