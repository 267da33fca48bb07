package org.inoculum.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.inoculum.cli.ReleaseDocuments;

/** The folder that a release unpacks to. */
final class Stage {
  private static final List<String> DOCUMENTS =
      List.of("README.md", "LICENSE", "NOTICE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md");

  private Stage() {}

  /**
   * Fills it: launcher, jars, completion, manual pages, documents, licences, bill of materials and,
   * where the platform has it, the Java runtime with its archive of classes.
   */
  static void fill(
      Path stage, Platform platform, Path sources, Path target, String version, FileTime time)
      throws IOException {
    Files.createDirectories(stage);
    ReleaseDocuments.main(new String[] {stage.toString()});
    Path launcher = stage.resolve(platform.launcher());
    Files.copy(sources.resolve(platform.launcher()), launcher);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String document : DOCUMENTS) {
      Files.copy(sources.resolve(document), stage.resolve(document));
    }
    Tree.copy(sources.resolve("docs"), stage.resolve("docs"), name -> !name.startsWith("lab/"));
    Path lib = stage.resolve("lib");
    Jars.copy(target.resolve("jars"), lib, platform);
    if (platform.hasRuntime()) {
      JavaRuntime.link(lib, stage.resolve("runtime"), target);
    }
    BillOfMaterials materials =
        BillOfMaterials.read(target.resolve("sbom.json"), platform, stage, version);
    materials.write(stage.resolve("sbom.cdx.json"));
    Licences.collect(
        lib,
        sources.resolve("release/src/main/licences"),
        materials.table(),
        stage.resolve("licences"));
    Tree.settle(stage, time);
    if (platform.hasRuntime()) {
      ClassArchive.write(stage);
      Tree.settle(stage, time);
    }
  }
}
