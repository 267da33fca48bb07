# For run and kernels: how they build, and what the launcher sets for the program; every engine gets it.
GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=21474836480
GLIBC_TUNABLES=$GLIBC_TUNABLES:glibc.malloc.top_pad=268435456:glibc.malloc.arena_max=1
export GLIBC_TUNABLES

build() { # modules, separated by commas
  (cd "$home/.." && mvn -q -B -ntp -Pbench -Dmaven.test.skip=true -pl "$1" -am package >&2)
}
