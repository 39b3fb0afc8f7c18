import Glibc
import HTTPWire
import Testing

/// Addresses as text, and the blocks that hold them.
struct AddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
        ("::", "::"), ("::1", "::1"), ("2001:DB8::0:1", "2001:db8::1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("fe80::1:0:0:2", "fe80::1:0:0:2"),
        ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:c000:0201", "192.0.2.1"),
    ])
    func literalsAreRead(_ text: String, _ host: String) {
        #expect(PeerAddress(literal: text.utf8)?.host == host)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4 ", "0x1.2.3.4",
        "+1.2.3.4",
        "1.2.3.4444444444444444444444444", ":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8", "12345::", "g::", "fe80::1%eth0", "[::1]", "1.2.3.4::", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:5",
        "1:2:3:4:5:6:1.2.3.4:7", "٣.1.1.1", "unix",
    ])
    func whatIsNoLiteralIsNone(_ text: String) {
        #expect(PeerAddress(literal: text.utf8) == nil)
    }

    /// The C library as the oracle, on texts that look like addresses.
    @Test func literalsAreThoseOfTheLibrary() {
        var random = SystemRandomNumberGenerator()
        let letters = Array("0012349afF::::...".utf8)
        var accepted = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...20, using: &random)).map { _ in letters.randomElement(using: &random)! }
            let string = String(decoding: text, as: UTF8.self)
            var address = in6_addr()
            var four = in_addr()
            let isOne = inet_pton(AF_INET6, string, &address) == 1 || inet_pton(AF_INET, string, &four) == 1
            accepted += isOne ? 1 : 0
            #expect((PeerAddress(literal: text) != nil) == isOne, "\(string)")
        }
        #expect(accepted > 10)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.1.2", "11.0.0.0"), ("192.0.2.7", "192.0.2.7", "192.0.2.6"), ("0.0.0.0/0", "203.0.113.9", "::1"),
        ("128.0.0.0/1", "255.0.0.1", "127.255.255.255"), ("192.0.2.6/31", "192.0.2.7", "192.0.2.8"), ("::/0", "2001:db8::1", "10.0.0.1"),
        ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"), ("::1", "::1", "::2"), ("fe80::/10", "febf::1", "fec0::1"),
        ("::ffff:10.0.0.0/104", "10.9.9.9", "11.0.0.1"),
    ])
    func blocksHoldTheirAddresses(_ text: String, _ inside: String, _ outside: String) throws {
        let block = try #require(AddressBlock(text))
        #expect(block.contains(try #require(PeerAddress(literal: inside.utf8, port: 5))))
        #expect(!block.contains(try #require(PeerAddress(literal: outside.utf8))))
        #expect(!block.contains(.unix) && AddressBlock("\(block)") == block)
    }

    @Test func aUnixPeerHasItsOwnBlock() {
        #expect(AddressBlock("unix")?.contains(.unix) == true && AddressBlock("unix")?.description == "unix")
        #expect(AddressBlock("unix")?.contains(.ipv4(.zero, port: 0)) == false && AddressBlock(of: .unix) == .unix)
    }

    @Test(arguments: [
        "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8/8", "10.0.0.1/8", "10.0.0.0/ 8", "::/129",
        "2001:db8::1/32",
        "::ffff:10.0.0.0/95", "Unix", "unix/0", "localhost", "10/8", "10.0.0.0/99999999999999999999",
    ])
    func whatIsNoBlockIsNone(_ text: String) {
        #expect(AddressBlock(text) == nil)
    }

    @Test func aBlockIsMadeAroundAnAddress() throws {
        let address = try #require(PeerAddress(literal: "2001:db8:1:2:3::9".utf8, port: 9))
        #expect(AddressBlock(of: address, length: 64)?.description == "2001:db8:1:2::/64")
        #expect(AddressBlock(of: address)?.description == "2001:db8:1:2:3::9/128")
        #expect(AddressBlock(of: address, length: 129) == nil && AddressBlock(of: address, length: -1) == nil)
        let all = try #require(AddressBlock(of: address, length: 0))
        #expect(all.contains(try #require(PeerAddress(literal: "::".utf8))))
    }
}
