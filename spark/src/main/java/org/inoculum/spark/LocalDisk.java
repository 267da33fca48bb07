package org.inoculum.spark;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Local files with the rights that the process gives, as all other programs here write them, and
 * without checksum files beside them. Hadoop's own sets the rights of each file anew, and starts a
 * process {@code chmod} for that where its native library is missing: 20 ms a file, more than an
 * image costs to draw.
 */
final class LocalDisk extends RawLocalFileSystem {
  @Override
  public void setPermission(Path path, FsPermission rights) {}
}
