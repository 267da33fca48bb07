package org.inoculum.report;

/**
 * A part of the report.
 *
 * @param title heading
 * @param headline what it comes to, in one sentence for the top of the report
 * @param body everything
 */
record ReportSection(String title, String headline, Html body) {
  /** A part that cannot be shown, with the command that would add it. */
  static ReportSection missing(String title, String why, String command) {
    return new ReportSection(title, "not in this report: " + why, absent(why, command));
  }

  /** The same inside another part. */
  static Html absent(String why, String command) {
    return Html.styled(
        "p",
        "absent",
        Html.text("Not in this report: " + why + ". To add it: "),
        Html.of("code", command));
  }
}
