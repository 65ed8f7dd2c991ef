/// Tests of the generators' own codecs: a wrong reading would be a wrong figure.
@NullMarked
package dev.roadstead.bench;

import org.jspecify.annotations.NullMarked;
