package org.inoculum;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The package table of docs/explanation/architecture.md, as law. A package that is not in it fails.
 */
class ArchitectureTest {
  private static final String ROOT = "org.inoculum";

  /** Who may use whom; the root package is everybody's. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("", Set.of()),
          Map.entry("files", Set.of()),
          Map.entry("random", Set.of()),
          Map.entry("recipe", Set.of("files")),
          Map.entry("image", Set.of("files")),
          Map.entry("metric", Set.of("random")),
          Map.entry("annotation", Set.of("image", "files")),
          Map.entry("data", Set.of("annotation", "image", "files", "random")),
          Map.entry("copies", Set.of("data", "image", "metric", "files", "random")),
          Map.entry("run", Set.of("files")),
          Map.entry("torch", Set.of("image", "files", "random")),
          Map.entry("model", Set.of("torch", "files", "random", "run", "image")),
          Map.entry("augment", Set.of("torch", "random")),
          Map.entry(
              "train",
              Set.of(
                  "data",
                  "copies",
                  "augment",
                  "model",
                  "torch",
                  "run",
                  "evaluate",
                  "recipe",
                  "image",
                  "files",
                  "random")),
          Map.entry(
              "evaluate",
              Set.of("data", "model", "torch", "metric", "run", "image", "files", "random")),
          Map.entry(
              "generate", Set.of("copies", "model", "torch", "data", "image", "run", "files")),
          Map.entry("export", Set.of("model", "detect", "torch", "data", "run", "files")),
          Map.entry(
              "detect",
              Set.of("annotation", "data", "torch", "metric", "image", "files", "random")),
          Map.entry(
              "compose",
              Set.of("generate", "data", "annotation", "recipe", "image", "files", "random")),
          Map.entry(
              "utility", Set.of("copies", "data", "torch", "metric", "image", "files", "random")));

  private static final Set<String> NATIVE =
      Set.of(
          "torch",
          "augment",
          "model",
          "train",
          "evaluate",
          "generate",
          "export",
          "utility",
          "detect");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packagesUseOnlyWhatTheTableAllows() {
    assertThat(
            violations(
                (from, dependency) -> {
                  String to = dependency.getTargetClass().getPackageName();
                  if (!to.equals(ROOT) && !to.startsWith(ROOT + ".")) {
                    return false;
                  }
                  String name = name(to);
                  return !name.isEmpty()
                      && !name.equals(from)
                      && !MAY_USE.getOrDefault(from, Set.of()).contains(name);
                }))
        .isEmpty();
  }

  @Test
  void theTableNamesEveryPackageThatExistsAndHasNoCycle() {
    Set<String> existing =
        CLASSES.stream()
            .map(one -> name(one.getPackageName()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(MAY_USE.keySet()).containsAll(existing);
    MAY_USE.keySet().forEach(name -> assertThat(reachable(name)).as(name).doesNotContain(name));
  }

  @Test
  void nativeCodeStaysInTheNativePackages() {
    assertThat(
            violations(
                (from, dependency) -> uses(dependency, "org.bytedeco") && !NATIVE.contains(from)))
        .isEmpty();
  }

  @Test
  void onnxRuntimeStaysInEvaluate() {
    assertThat(
            violations(
                (from, dependency) ->
                    uses(dependency, "ai.onnxruntime") && !from.equals("evaluate")))
        .isEmpty();
  }

  @Test
  void theJsonLibraryStaysInFiles() {
    assertThat(
            violations(
                (from, dependency) ->
                    (uses(dependency, "tools.jackson") || uses(dependency, "com.fasterxml"))
                        && !from.equals("files")))
        .isEmpty();
  }

  @Test
  void nobodyPrintsDrawsUnseededOrSerialises() {
    Set<String> banned =
        Set.of(
            "java.util.Random",
            "java.util.concurrent.ThreadLocalRandom",
            "java.io.ObjectInputStream",
            "java.io.ObjectOutputStream",
            "java.io.PrintStream");
    assertThat(
            violations(
                (from, dependency) -> banned.contains(dependency.getTargetClass().getName())))
        .isEmpty();
  }

  private static List<String> violations(BiPredicate<String, Dependency> wrong) {
    return CLASSES.stream()
        .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
        .filter(
            dependency ->
                wrong.test(name(dependency.getOriginClass().getPackageName()), dependency))
        .map(Dependency::getDescription)
        .toList();
  }

  private static Set<String> reachable(String name) {
    Set<String> found = new TreeSet<>(MAY_USE.getOrDefault(name, Set.of()));
    for (int size = -1; size != found.size(); ) {
      size = found.size();
      Set.copyOf(found).forEach(next -> found.addAll(MAY_USE.getOrDefault(next, Set.of())));
    }
    return found;
  }

  private static boolean uses(Dependency dependency, String root) {
    JavaClass target = dependency.getTargetClass();
    return target.getPackageName().startsWith(root);
  }

  private static String name(String packageName) {
    return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
  }
}
