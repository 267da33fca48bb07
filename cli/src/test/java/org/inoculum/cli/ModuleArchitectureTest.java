package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What docs/explanation/architecture.md says of the packages of this module. */
class ModuleArchitectureTest {
  private static final String ROOT = "org.inoculum.";

  /** Libraries and packages by the beginnings of their names, and who alone may use them. */
  private static final Map<String, List<String>> ONLY =
      Map.of(
          "io.javalin", List.of("dashboard"),
          "org.eclipse.jetty", List.of("dashboard"),
          "jakarta.servlet", List.of("dashboard"),
          "picocli", List.of("cli"),
          "java.io.PrintStream", List.of("cli"),
          "org.bytedeco", List.of(),
          "tools.jackson", List.of(),
          "org.inoculum.dashboard", List.of("dashboard", "cli"),
          "org.inoculum.report", List.of("report", "cli"),
          "org.inoculum.cli", List.of("cli"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.inoculum.cli", "org.inoculum.dashboard", "org.inoculum.report");

  @Test
  void librariesAndPackagesAreUsedWhereTheyMay() {
    assertThat(CLASSES).isNotEmpty();
    List<String> wrong =
        CLASSES.stream()
            .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
            .filter(
                dependency -> {
                  String from = dependency.getOriginClass().getPackageName();
                  String to = dependency.getTargetClass().getName();
                  return ONLY.entrySet().stream()
                      .filter(rule -> to.startsWith(rule.getKey()))
                      .anyMatch(
                          rule ->
                              rule.getValue().stream().noneMatch(user -> from.equals(ROOT + user)));
                })
            .map(dependency -> dependency.getDescription())
            .toList();
    assertThat(wrong).isEmpty();
  }
}
