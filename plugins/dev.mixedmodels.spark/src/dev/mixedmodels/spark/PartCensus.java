package dev.mixedmodels.spark;

import dev.mixedmodels.engine.prediction.Census;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;
import scala.Tuple2;

/** What could not be predicted of each partition; one that is computed twice is counted once. */
final class PartCensus extends AccumulatorV2<Tuple2<Integer, Census>, Map<Integer, Census>> {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, Census> parts = new TreeMap<>();

    @Override
    public boolean isZero() {
        return parts.isEmpty();
    }

    @Override
    public PartCensus copy() {
        final PartCensus copy = new PartCensus();
        copy.merge(this);
        return copy;
    }

    @Override
    public void reset() {
        parts.clear();
    }

    @Override
    public void add(final Tuple2<Integer, Census> part) {
        parts.put(part._1, part._2);
    }

    @Override
    public void merge(final AccumulatorV2<Tuple2<Integer, Census>, Map<Integer, Census>> other) {
        parts.putAll(other.value());
    }

    @Override
    public Map<Integer, Census> value() {
        return parts;
    }
}
