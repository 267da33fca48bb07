package org.inoculum.dashboard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** A cache of what was made lately; what was not asked for longest is forgotten. */
final class Recent<K, V> {
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private final int most;

  Recent(int most) {
    this.most = most;
  }

  /** The value, which is made at most twice if two ask at once. */
  V get(K key, Function<K, V> make) {
    synchronized (values) {
      V known = values.get(key);
      if (known != null) {
        return known;
      }
    }
    V made = make.apply(key);
    synchronized (values) {
      values.put(key, made);
      if (values.size() > most) {
        values.remove(values.keySet().iterator().next());
      }
    }
    return made;
  }
}
