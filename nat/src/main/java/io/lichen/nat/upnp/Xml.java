// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.upnp;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads what gateways call XML: without document types, and so without entities of theirs. */
final class Xml {
  private static final int MAX_DEPTH = 64;

  /** Told of each element with nothing but text in it. */
  interface Leaf {
    void accept(String name, String text);

    /** An element with others in it has ended. */
    default void onEnd(String name) {}
  }

  private Xml() {}

  /**
   * Reads a document.
   *
   * @throws UpnpException if it is none
   */
  static void read(byte[] document, Leaf leaf) throws UpnpException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      try {
        read(in, leaf);
      } finally {
        in.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      throw new UpnpException("the gateway's XML cannot be read: " + e.getMessage(), e);
    }
  }

  private static void read(XMLStreamReader in, Leaf leaf) throws XMLStreamException, UpnpException {
    StringBuilder text = new StringBuilder();
    boolean isLeaf = false;
    int depth = 0;
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamReader.START_ELEMENT -> {
          if (++depth > MAX_DEPTH) {
            throw new UpnpException("the gateway's XML is nested more than " + MAX_DEPTH + " deep");
          }
          text.setLength(0);
          isLeaf = true;
        }
        case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> text.append(in.getText());
        case XMLStreamReader.END_ELEMENT -> {
          depth--;
          if (isLeaf) {
            leaf.accept(in.getLocalName(), text.toString().strip());
          } else {
            leaf.onEnd(in.getLocalName());
          }
          isLeaf = false;
        }
        default -> {}
      }
    }
  }
}
