package dev.roadstead.bench;

import java.util.Arrays;
import java.util.Locale;

/// One measured number, printed as a line of JSON.
record Figure(String bench, String figure, double value, String unit) {
  void print() {
    System.out.println(
        String.format(
            Locale.ROOT,
            "{\"bench\":\"%s\",\"figure\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}",
            bench,
            figure,
            value,
            unit));
    System.out.flush();
  }

  /// The value below which this part of the samples lies; 0 without samples.
  ///
  /// @param part 0.5 for the median
  static double quantile(double[] samples, double part) {
    if (samples.length == 0) {
      return 0;
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  }
}
