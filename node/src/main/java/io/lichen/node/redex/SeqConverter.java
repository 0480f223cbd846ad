// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a sequence number: unsigned, 64 bits. */
final class SeqConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String value) {
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'" + value + "' is not a number from 0 to 18446744073709551615");
    }
  }
}
