// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

/** Handshakes recorded from v0.8.19: what each side sent, with the keys that it used. */
final class Recorded {
  /** One side's keys. */
  record Side(String ed25519Seed, String noisePrivate, String ephemeralPrivate) {}

  static final Side TCP_XX_INITIATOR =
      new Side(
          "407ab06f7c8f7977929201734362e19248c5542e4cf7500724259db66e0c8fc7",
          "16109f2f97693b7f46110023aeb02e5871e573f8b6e8df75069eede98267a062",
          "976e8b6531cfc927fcc681c8f9412532517bd6f8d316d5e5fe1fcba50420ed9e");

  static final Side TCP_XX_RESPONDER =
      new Side(
          "d68f19ef95e33ab97f1f7696faf2939bbc2ff1df8db10b88b17df6ae4a3e2d70",
          "8e7c11251cf01d1cd1f62bb4a185a09ca2d8532a1d8452b8ec3268182a241df0",
          "5b9ec4881348170eeb497b7ede8b2b347a30ddac41ef70de2eac7475a38d2487");

  /** Mode octet, two handshake frames, three session frames. */
  static final String TCP_XX_FROM_INITIATOR =
      "0100000020ba9680eacfa76c578c6fdf0fb3594398b822ab87851f7e0fb89f07eeaea6c4"
          + "63000000e6a9cfec5f87934f64d481fee80c14efbd99fdbe0fd3f26ace7e7f36ae3a94eb"
          + "110c85db7d411fcbae9e6f9ba887301d72ee3b16f0fac4a516dacbcae87fbb32bfafbf55"
          + "1026b22cfaca5bf8a39e2e5f57125981149a5dbc2fdff30336a62072cab506dce62a65e1"
          + "76c25d3b9a4cb40c28827a5c0da48635b0e1bdc4e129af79d44ae9149f3ae32f14ed2ce8"
          + "129b1df3a52e0e3f0946663d54a961902310a53370c3ff4975ee511c210f57e583df39e2"
          + "b347e17a8adacf84f8ffac09dacce26adac44a6804328b4259038c79a341af40c11ad1a8"
          + "038b8fbb116143433747c2604f5fcfde8e46000000005318ed0b13162c2c998b46f37095"
          + "9a3e9e11403c414f626095548660446c4940c8db322ef8528c8bb081f313b72eb99bc9a1"
          + "573aaaba45221ee0d8c06c44c4d8b57d67db0b8002b217f44874080b2d7f3a1a89000000"
          + "002093d9589e6de35eabfbfdd4c20ecfc07375048bdac2ac3ef76dd473ed0e6034dc0000"
          + "003b6534bf1529150e710331316013555dcf71ffb9a9c2e6f2cf598be00b466ad2fc6980"
          + "a88bfdf42c8d171936b49f46c454baf8bca2f90dee0a5a5365";

  /** One handshake frame, one session frame. */
  static final String TCP_XX_FROM_RESPONDER =
      "000001061100b110cd0daa67121376e1c5b1d415c04b419a09368e9dbce55ba947d37864"
          + "97d54cbd3acf99103efdcb8414093d70ae11ec07c303a60e96e0ad2188d1c5e483bda862"
          + "063f4e8a00ebfa7424a750bcf0bbe264295d3234e1f11d2cc877fa99901856ca0b31caa8"
          + "baa134fda904b9cd74136217c27d072c3a99c614f7c2f619c29de45238f737d17f2fbde7"
          + "8d40dcdf2433fdcce047255dae8aeac1be3c4143f1c668d33010b125a9ef4c00db942e31"
          + "bd9c600b06c7b1b2d271e0c0b30256e7479a2c3a324c4d906a8a7f2e3425773d8688201b"
          + "b62f774fb3346ab6bd6b5fff028dc4a1135c3fe3937fb1fadfa6f1109ca7bb0899b6ff0e"
          + "8771cdb561b0dc8ab4f1a5fa765900000053ebbf0bcb5993fc3b2653b448ad9d7ecd779f"
          + "31b266f17e772caa98bf824c83b18f30c5ec4f77215eba9e080fd6f82c0ba0192b5889ed"
          + "151caa85bc9e93cb61a2b496fc48a53311c3ab2a450dc675dcd617c1ff";

  /** Stream id and payload of the initiator's session frames. */
  static final String[][] TCP_XX_PACKETS = {
    {"1", "{\"type\":\"ping\",\"request_id\":\"987d0b8de9097e6ec6803a3025675f22\"}"},
    {"7", "other-stream"},
    {"1", "{\"type\":\"graft\",\"channel\":\"room-topic\"}"}
  };

  static final Side UDP_IK_INITIATOR =
      new Side(
          "dad95130d7f290caa381dfbc59904f8ddf36a765bbb9f4d003cb0575239fe8ac",
          "093a6a14d11100f6ccff5529c77a4234a288f10e2779f5286f3b3d1d13986fe4",
          "895ae687e5d1815d340f22ff449dc1928dab2ede20166e831e02e505b0c10d83");

  static final Side UDP_IK_RESPONDER =
      new Side(
          "675e6461666cd757998b8ba0f048685c38769525e998cbe90f15ddef2dfb6b06",
          "9a58177dc42b0861db8154fb99aa37added4161f068420587dd03c58cf134e99",
          "3ee2094d008ecaa66a67cf62944c37cab1eac3e535f44f0df800dae390d5bbaa");

  static final String UDP_IK_CHALLENGE =
      "b08e1355353363b0db55cec15cea6c6d043387693f66e7760fdb61304777272f";

  static final String UDP_IK_INIT =
      "02bba26b88f8f666bb2fa0f68cf4ca6507bde4b102141c0611b5de457669f7a016c68cbd"
          + "62288f477252b722a1f329e77b99758582434ef83ec7cb823b2353acf76faf08a93a04bf"
          + "ec488dc7319cdd6794c813d6f544667907dda8f0fbfec544107a40a5ecc7dc00b1cb9834"
          + "d9dfb776a916a70be03fcb7e6f397316ff0906f1b17bfc8d6a6556391f5df4e69cd69451"
          + "28743935c58249754b679418364a5dd45cf38f6b9476b233caa523668b86dcb36ec7fff4"
          + "68de1000fe7d6e1b131a34ef6ac4ead63676f3793a5a3eec1ac49ccbc6cb07b32397a6c9"
          + "d964eef3322e5bd560ee16ee79a958548fc51328b87f06de1566bf7dee3ba1453af3ff2e"
          + "11836901898c869a50d5f1";

  static final String UDP_IK_RESPONSE =
      "079bfb737d29e18b3672cf44e5c6905aea9a28ebdd266f8f920084b41472a61d6ada5456"
          + "75aa2ec80e6eaa25972801997180c96098b8e006831de5b77d826d81cb39335b5eea0a33"
          + "719ff89499c3e1844a8660d440870fae0afccec78dc8ac98de6df4ee398ac03af4535059"
          + "4a91ff2bee183579a66810d9929791e79da5f1ba06aa8c40526e78b191e4f93f364a6f50"
          + "64d5910e5e78ff9f3ebb64336f29fb84753cd1b90de624f755d26b7ed25b64943affe123"
          + "905bbbbef72e360ca3c21f76421321ef14758d532b902fe75fba9dd23d09d95da17719ec"
          + "892255c2dfc34b66e1526ea17c5b1e63563d1d5ea132e884d414a52b5e9a2a6cf0cf78c7"
          + "c2724732e75cd14eff998eae7fbfcc05a64ca5cb64";

  static final String UDP_IK_DONE =
      "b08e1355353363b0db55cec15cea6c6d043387693f66e7760fdb61304777272f";

  /** The initiator's first packet. */
  static final String UDP_IK_PACKET =
      "00000000000000002ab0adcb344f482c443eff1fb6ff5cbabe3338993d788b75b95a56fe"
          + "917dc0d00f8d9b70ac63166243ab80dbbdea1a44d7713d7002b5f7ca012e28b669cd67d7"
          + "d9f41fc7ed7f548c08f1833eb42985273ec149";

  static final String UDP_IK_PACKET_TEXT =
      "{\"type\":\"ping\",\"request_id\":\"cd48677e6988e1987aae5787a39c9f67\"}";

  private Recorded() {}
}
