package org.inoculum.cli;

import java.nio.file.Path;
import org.inoculum.files.Storage;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Writes what a release has beside the program, from the commands themselves while it is built:
 * {@code completion/inoculum.bash}, which zsh takes as well, and manual pages in {@code man/man1}.
 */
public final class ReleaseDocuments {
  private ReleaseDocuments() {}

  /** Writes them below the folder that is named, which is emptied. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    CommandLine command =
        Main.commandLine(new Console(System.out, System.err, Terminal.PLAIN), StopRequest.never());
    write(command, folder);
  }

  static void write(CommandLine command, Path folder) {
    Storage.deleteTree(folder);
    Path completion = folder.resolve("completion");
    Storage.createFolders(completion);
    Storage.writeFile(
        completion.resolve("inoculum.bash"), AutoComplete.bash(command.getCommandName(), command));
    Path pages = folder.resolve("man").resolve("man1");
    Storage.createFolders(pages);
    ManualPage.all(command).forEach((name, page) -> Storage.writeFile(pages.resolve(name), page));
  }
}
