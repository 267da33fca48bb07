package org.inoculum.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The chain of directories of a TIFF or BigTIFF: one a page. */
final class TiffFile {
  private static final int MOST_PAGES = 65_536;
  private static final int SUBFILE_TYPE = 254;

  private final TiffBytes bytes;
  private final boolean big;
  private final List<Long> offsets = new ArrayList<>();

  TiffFile(byte[] content) throws IOException {
    if (content.length < 8) {
      throw new IOException("the file ends too early, at byte " + content.length);
    }
    bytes = new TiffBytes(content, content[0] == 'I');
    big = bytes.unsigned(2, 2) == 43;
    if (big && (bytes.unsigned(4, 2) != 8 || bytes.unsigned(6, 2) != 0)) {
      throw new IOException("a BigTIFF whose offsets are not of 8 bytes");
    }
    Set<Long> seen = new HashSet<>();
    long offset = bytes.unsigned(big ? 8 : 4, big ? 8 : 4);
    long total = 0;
    while (offset != 0) {
      if (!seen.add(offset)) {
        throw new IOException("the directories form a circle");
      }
      if (offsets.size() == MOST_PAGES) {
        throw new UnsupportedImageException("holds more than " + MOST_PAGES + " pages");
      }
      offsets.add(offset);
      long length = TiffDirectory.length(bytes, big, offset);
      total += length;
      if (total > content.length) { // or reading them would take far longer than their bytes
        throw new IOException("the directories overlap");
      }
      offset = bytes.unsigned(offset + length, big ? 8 : 4);
    }
    if (offsets.isEmpty()) {
      throw new IOException("it holds no page");
    }
  }

  TiffBytes bytes() {
    return bytes;
  }

  /** The number of directories, small versions and masks of other pages with them. */
  int directories() {
    return offsets.size();
  }

  TiffDirectory directory(int number) throws IOException {
    return new TiffDirectory(bytes, big, offsets.get(number));
  }

  /** Numbers of the directories that show an image of their own: no small versions, no masks. */
  List<Integer> pages() throws IOException {
    List<Integer> pages = new ArrayList<>();
    for (int i = 0; i < offsets.size(); i++) {
      if ((directory(i).number(SUBFILE_TYPE, 0) & 0b101) == 0) {
        pages.add(i);
      }
    }
    return pages.isEmpty() ? List.of(0) : pages;
  }
}
