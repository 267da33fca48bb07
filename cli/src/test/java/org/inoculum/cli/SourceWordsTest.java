package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Sources, resources and documents keep to the words of the field. Diaries below docs/lab stay as
 * they were written.
 */
class SourceWordsTest {
  private static final Path ROOT = root();

  /** What must not come back, and what to write instead. */
  private static final Map<Pattern, String> WORDS = new LinkedHashMap<>();

  static {
    word("brain.?floats?", "bfloat16 (bf16)");
    word("products? of matrices|of the products", "GEMM, share of GEMM");
    word("rectif[i]ers?", "ReLU");
    word("graphics[ ]cards?", "GPU");
    word("halv[i]ngs", "resolution level");
    word("by[ ]heart", "memorised");
    word("judge[sd]?|judging|judgements?", "evaluate, evaluation");
    word("judgedBy", "validationSet");
    word("JudgeDataset|GrowDataset", "EvaluateDataset, GenerateDataset");
    word("GrownSet|GrowOptions|GrownImage|GrownFormat|GrowthProgress", "SyntheticSet, Generat…");
    word("(kid|precision|recall|coverage)Floor", "…Baseline");
    word("recognisers?", "classifier");
    word("AverageNoise|TextureBands|GrowingAdam", "EmaNoise, FrequencyBands, ProgressiveAdam");
    word("ClassicSteps|ModernSteps|ModernPart", "ClassicTrainer, ModernTrainer, PartialGradients");
    word("TrainingPoint|RunPlace|Resumption", "CheckpointMetadata, RunTarget, ResumeOptions");
    word("Likeness", "ModeCollapseCheck");
    word("MatrixProduct", "GemmSpeed");
    word("onReal|onFake|accuracyReal|accuracyFake", "logits/real, logits/fake, accuracy/…");
    word("lastLearningRate|firstGamma|lastGamma|highestGain", "learningRateEnd, gammaStart, …");
    word("halfUntil|smallKimg|emaHalfLife\\w*|augmentationRamp", "lowResUntil, emaKimg, adaRamp");
    word("pic[t]ures?|Pic[t]ureNote|ofWord", "image, DecodingNote, ofLabel");
    word("leak-limited", "non-leaking");
    word("style network", "mapping network");
    word("threads of one operation", "intra-op threads");
    word("numbers? of the recipe", "hyperparameters");
    word("off-line", "offline");
    word("--real-train|--real-test|--grown", "--train, --held-out, --synthetic");
    word("--hold-out|--max-expansion", "--held-out-share, --max-decompression-ratio");
  }

  private static void word(String old, String better) {
    WORDS.put(
        Pattern.compile("(?<![\\w-])(?:" + old + ")(?![\\w-])", Pattern.CASE_INSENSITIVE), better);
  }

  /** Files that have the words as examples of what not to write. */
  private static final Set<String> LISTS = Set.of("SourceWordsTest.java", "WordsTest.java");

  private static final Set<String> SKIPPED = Set.of(".git", "target", "node_modules", "images");

  @Test
  void wordsThatAreNotTheFieldsDoNotComeBack() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : texts()) {
      int number = 0;
      for (String line : Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
        number++;
        for (Map.Entry<Pattern, String> word : WORDS.entrySet()) {
          Matcher found = word.getKey().matcher(line);
          if (found.find()) {
            wrong.add(
                "%s:%d says \"%s\"; write %s"
                    .formatted(ROOT.relativize(file), number, found.group(), word.getValue()));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theSourcesAreThere() throws IOException {
    assertThat(texts()).hasSizeGreaterThan(300);
  }

  private static List<Path> texts() throws IOException {
    List<Path> texts = new ArrayList<>();
    // Documents are held to the words since there is a glossary.
    boolean documents = Files.exists(ROOT.resolve("docs/glossary.md"));
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            return SKIPPED.contains(name) || folder.equals(ROOT.resolve("docs/lab"))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            boolean source =
                name.matches(".*\\.(java|js|html|css|py|xml|sh)")
                    || name.equals("inoculum")
                    || file.startsWith(ROOT.resolve(".ci"))
                    || (ROOT.resolve("bench").equals(file.getParent()) && !name.contains("."));
            if ((source || (documents && name.endsWith(".md"))) && !LISTS.contains(name)) {
              texts.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return texts;
  }

  private static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("inoculum"))) {
        return folder;
      }
    }
    throw new IllegalStateException("the tests run inside the sources");
  }
}
