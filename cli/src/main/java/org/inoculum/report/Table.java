package org.inoculum.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of texts; one that is too wide for the page can be moved sideways. */
final class Table {
  private final String style;
  private final List<Html> rows = new ArrayList<>();

  private Table(String style) {
    this.style = style;
  }

  /** A table with these headings. */
  static Table headed(String... headings) {
    Table table = new Table("columns");
    table.rows.add(
        Html.of("tr", Html.all(Arrays.stream(headings).map(h -> Html.of("th", h)).toList())));
    return table;
  }

  /** A table of names and what they stand for. */
  static Table ofFacts() {
    return new Table("facts");
  }

  /** A row; the first cell names it. */
  void row(String name, String... cells) {
    rows.add(
        Html.of(
            "tr",
            Html.of("th", name),
            Html.all(Arrays.stream(cells).map(cell -> Html.of("td", cell)).toList())));
  }

  Html html() {
    return Html.styled("div", "wide", Html.styled("table", style, Html.all(rows)));
  }
}
