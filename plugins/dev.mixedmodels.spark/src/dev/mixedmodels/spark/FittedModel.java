package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.StoredModel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A fitted model without its data, of this program or of a node.
 *
 * @param columns the columns that it uses
 * @param model the model
 */
public record FittedModel(ModelColumns columns, StoredModel model) {
    /**
     * Reads a model that was saved here, by run-node or by KNIME's Model Writer.
     *
     * @param session Spark's session
     * @param file where it is, as Spark takes it
     * @return the model
     * @throws ModelException if there is no such file, or it holds something else, or was cut or changed
     */
    public static FittedModel load(final SparkSession session, final String file) {
        final Path path = new Path(file);
        try (InputStream in = new BufferedInputStream(
            path.getFileSystem(session.sparkContext().hadoopConfiguration()).open(path))) {
            return KnimeModelFile.read(in);
        } catch (final IOException | IllegalArgumentException e) { // the latter of a damaged ZIP
            throw new ModelException("The model " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Writes the model to a file that KNIME's Model Reader and run-node read too.
     *
     * @param session Spark's session
     * @param file where to, as Spark takes it; must not exist
     * @throws ModelException if the file cannot be written
     */
    public void save(final SparkSession session, final String file) {
        final Path path = new Path(file);
        try (OutputStream out = new BufferedOutputStream(
            path.getFileSystem(session.sparkContext().hadoopConfiguration()).create(path, false))) {
            KnimeModelFile.write(this, out);
        } catch (final IOException e) {
            throw new ModelException("The model cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
