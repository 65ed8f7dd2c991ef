package dev.roadstead.control.ecs.placement;

/// Compares dotted versions part by part: `1.9.0` is before `1.10.0`, `1.2` equals `1.2.0`. A
/// leading `v` is ignored. Digits compare as numbers, other parts as text; numbers come first.
final class Version {
  private Version() {}

  static int compare(String a, String b) {
    String[] left = parts(a);
    String[] right = parts(b);
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      int order = comparePart(part(left, i), part(right, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String[] parts(String version) {
    boolean marked =
        version.length() > 1
            && (version.charAt(0) == 'v' || version.charAt(0) == 'V')
            && isDigit(version.charAt(1));
    return (marked ? version.substring(1) : version).split("[.\\-+]", -1);
  }

  private static String part(String[] parts, int index) {
    return index < parts.length ? parts[index] : "0";
  }

  private static int comparePart(String a, String b) {
    boolean leftNumber = isNumber(a);
    boolean rightNumber = isNumber(b);
    if (leftNumber != rightNumber) {
      return leftNumber ? -1 : 1;
    }
    if (!leftNumber) {
      return a.compareTo(b);
    }
    String left = withoutZeros(a);
    String right = withoutZeros(b);
    int order = Integer.compare(left.length(), right.length());
    return order != 0 ? order : left.compareTo(right);
  }

  private static String withoutZeros(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static boolean isNumber(String part) {
    for (int i = 0; i < part.length(); i++) {
      if (!isDigit(part.charAt(i))) {
        return false;
      }
    }
    return !part.isEmpty();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
