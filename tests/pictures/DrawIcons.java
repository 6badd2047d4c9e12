import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * Draws the icons of the nodes (48 x 48) and of their category (16 x 16). From the root of the repository:
 * java tests/pictures/DrawIcons.java plugins/dev.mixedmodels.knime/icons
 * All coordinates are on a canvas of 48 by 48.
 */
public final class DrawIcons {
    private static final Color BLUE = new Color(0x1f5fa8);
    private static final Color LIGHT = new Color(0x8db6e2);
    private static final Color ORANGE = new Color(0xe07b1a);
    private static final Color GREY = new Color(0x7a8490);

    private DrawIcons() {
    }

    public static void main(final String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        final Map<String, Consumer<Graphics2D>> icons = Map.of("random-intercept-anova", DrawIcons::groups,
            "longitudinal-mixed-model", DrawIcons::curves, "marginal-repeated-measures", DrawIcons::matrix,
            "empirical-bayes-shrinkage", DrawIcons::shrinkage, "multilevel-model", DrawIcons::tree,
            "mixed-model-predictor", DrawIcons::prediction, "mixed-model-compare", DrawIcons::balance,
            "mixed-model-means", DrawIcons::means);
        for (final Map.Entry<String, Consumer<Graphics2D>> icon : icons.entrySet()) {
            write(arguments[0], icon.getKey(), 48, icon.getValue());
        }
        write(arguments[0], "mixed-models", 16, DrawIcons::curves);
    }

    private static void write(final String folder, final String name, final int size, final Consumer<Graphics2D> drawing)
        throws IOException {
        final BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        final Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(size / 48.0, size / 48.0);
        drawing.accept(g);
        g.dispose();
        ImageIO.write(image, "png", new File(folder, name + ".png"));
    }

    /** Observations of three groups about their means, and the overall mean. */
    private static void groups(final Graphics2D g) {
        line(g, GREY, 1.5f, 3, 25, 45, 25);
        final double[] means = {33, 13, 27};
        for (int i = 0; i < 3; i++) {
            final double x = 10 + 14 * i;
            line(g, ORANGE, 3, x - 5.5, means[i], x + 5.5, means[i]);
            dot(g, BLUE, x - 2.5, means[i] - 8, 2.4);
            dot(g, BLUE, x + 3, means[i] - 4, 2.4);
            dot(g, BLUE, x - 3, means[i] + 4, 2.4);
            dot(g, BLUE, x + 2, means[i] + 8.5, 2.4);
        }
    }

    /** Subjects with their own levels and slopes, and the average course. */
    private static void curves(final Graphics2D g) {
        line(g, LIGHT, 3, 5, 20, 43, 5);
        line(g, LIGHT, 3, 5, 30, 43, 27);
        line(g, LIGHT, 3, 5, 43, 43, 16);
        line(g, LIGHT, 3, 5, 37, 43, 41);
        line(g, ORANGE, 4.5f, 5, 33, 43, 21);
    }

    /** A covariance matrix that fades away from its diagonal. */
    private static void matrix(final Graphics2D g) {
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                final int lag = Math.abs(i - j);
                g.setColor(lag == 0 ? ORANGE : new Color(BLUE.getRed(), BLUE.getGreen(), BLUE.getBlue(), 260 - 75 * lag));
                g.fill(new Rectangle2D.Double(4.5 + 10 * j, 4.5 + 10 * i, 9, 9));
            }
        }
    }

    /** Raw estimates on the left, pulled towards their mean on the right. */
    private static void shrinkage(final Graphics2D g) {
        line(g, GREY, 1.5f, 4, 24, 44, 24);
        for (final double y : new double[] {5, 14, 20, 31, 43}) {
            final double shrunken = 24 + 0.45 * (y - 24);
            line(g, LIGHT, 2, 10, y, 38, shrunken);
            dot(g, BLUE, 10, y, 3.2);
            dot(g, ORANGE, 38, shrunken, 3.2);
        }
    }

    /** Boards, schools, students. */
    private static void tree(final Graphics2D g) {
        final double[] schools = {13, 35};
        for (final double school : schools) {
            line(g, GREY, 2, 24, 9, school, 24);
            for (final double offset : new double[] {-7.5, 0, 7.5}) {
                line(g, GREY, 1.5f, school, 24, school + offset, 40);
                dot(g, LIGHT, school + offset, 40, 3.2);
            }
            dot(g, BLUE, school, 24, 4.2);
        }
        dot(g, ORANGE, 24, 9, 5.2);
    }

    /** A course that goes on, with its band, from the last observation on. */
    private static void prediction(final Graphics2D g) {
        g.setColor(LIGHT);
        g.fill(new Polygon(new int[] {24, 44, 44}, new int[] {25, 6, 26}, 3));
        line(g, BLUE, 3, 4, 37, 24, 25);
        line(g, ORANGE, 4, 24, 25, 43, 16);
        dot(g, BLUE, 7, 32, 2.8);
        dot(g, BLUE, 13, 35, 2.8);
        dot(g, BLUE, 19, 25, 2.8);
        line(g, GREY, 1.5f, 4, 44, 44, 44);
    }

    /** Two models weighed against one another. */
    private static void balance(final Graphics2D g) {
        line(g, GREY, 3, 24, 8, 24, 42);
        line(g, GREY, 3, 14, 42, 34, 42);
        line(g, GREY, 3, 8, 10, 40, 18);
        line(g, LIGHT, 3, 3, 29, 8, 10);
        line(g, LIGHT, 3, 13, 29, 8, 10);
        line(g, LIGHT, 3, 35, 37, 40, 18);
        line(g, LIGHT, 3, 45, 37, 40, 18);
        line(g, BLUE, 4.5f, 2.5, 29, 13.5, 29);
        line(g, ORANGE, 4.5f, 34.5, 37, 45.5, 37);
    }

    /** Three means with their intervals, one of them apart. */
    private static void means(final Graphics2D g) {
        line(g, GREY, 1.5f, 4, 30, 44, 30);
        final double[] levels = {31, 27, 14};
        for (int i = 0; i < 3; i++) {
            final double x = 10 + 14 * i;
            final Color colour = i == 2 ? ORANGE : BLUE;
            line(g, colour, 2.5f, x, levels[i] - 9, x, levels[i] + 9);
            line(g, colour, 2.5f, x - 3.5, levels[i] - 9, x + 3.5, levels[i] - 9);
            line(g, colour, 2.5f, x - 3.5, levels[i] + 9, x + 3.5, levels[i] + 9);
            dot(g, colour, x, levels[i], 4);
        }
    }

    private static void line(final Graphics2D g, final Color colour, final float width, final double x1,
        final double y1, final double x2, final double y2) {
        g.setColor(colour);
        g.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    private static void dot(final Graphics2D g, final Color colour, final double x, final double y,
        final double radius) {
        g.setColor(colour);
        g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }
}
