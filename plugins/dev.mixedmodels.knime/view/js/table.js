/* The table behind a chart, by rows and by the roles of its columns. */

/** Reads a chart's columns; numbers in the chosen units. */
export class Table {
  constructor(chart, units) {
    this.columns = chart.columns;
    this.units = units;
    this.size = chart.columns.length === 0 ? 0 : (chart.columns[0].texts || chart.columns[0].numbers).length;
  }

  has(role) {
    return this.columns.some((c) => c.role === role);
  }

  find(role) {
    return this.columns.find((c) => c.role === role);
  }

  /** The text of a row; empty where there is no such column. */
  text(role, row) {
    const column = this.find(role);
    return column && column.texts ? column.texts[row] : "";
  }

  /** The number of a row in the chosen units; NaN where there is none. */
  number(role, row) {
    const column = this.find(role);
    return column && column.numbers ? this.valueOf(column, row) : NaN;
  }

  valueOf(column, row) {
    const value = column.numbers[row];
    return typeof value === "number" ? this.units.value(value, column.units) : NaN;
  }

  /** The heading of a column with its units. */
  heading(column) {
    return this.units.title(column.heading, column.units);
  }

  /** Different texts of a column in the order in which they come. */
  levels(role, rows) {
    return [...new Set(rows.map((row) => this.text(role, row)))];
  }
}
