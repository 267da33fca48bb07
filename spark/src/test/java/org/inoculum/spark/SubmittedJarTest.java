package org.inoculum.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The jar for spark-submit beside Spark's own, both given as {@link Cluster} says. */
@EnabledIfSystemProperty(named = Cluster.JAR, matches = ".+")
@EnabledIfSystemProperty(named = Cluster.HOME, matches = ".+")
class SubmittedJarTest {
  private static final Path JAR = Path.of(System.getProperty(Cluster.JAR, ""));
  private static final Path JARS = Path.of(System.getProperty(Cluster.HOME, ""), "jars");

  @Test
  void noClassIsInSparkToo() throws IOException {
    Set<String> ours = classes(JAR);
    assertThat(ours).contains("org/inoculum/spark/GenerateDataset.class").hasSizeGreaterThan(1000);
    List<Path> theirs;
    try (Stream<Path> all = Files.list(JARS)) {
      theirs = all.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    assertThat(theirs).hasSizeGreaterThan(100);
    for (Path jar : theirs) {
      Set<String> both = new TreeSet<>(classes(jar));
      both.retainAll(ours);
      assertThat(both).as("in %s too", jar.getFileName()).isEmpty();
    }
  }

  @Test
  void theLicenceIsInIt() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
      assertThat(jar.getEntry("META-INF/NOTICE")).isNotNull();
    }
  }

  private static Set<String> classes(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .collect(Collectors.toSet());
    }
  }
}
