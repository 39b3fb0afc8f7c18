extension Requirement {
    /// RFC 9110 §15: what goes with each status.
    static let statuses = table(
        #"""
        9110 15.3.5 204 ends with its head.
            every answer
        9110 15.3.7 206 has Content-Range, or is multipart and has it in its parts alone; one range is never multipart.
            case range Range: bytes=0-0
            case range Range: bytes=0-0,-1
            theme ranges
            every answer
        9110 15.3.7 206 has the tag and the caching of the 200.
            case range Range: bytes=7-
        9110 15.4.5 304 has the tag, the caching and the Vary of the 200, and nothing more of what it says.
            case 304 says what 200 would
            case 304 of a list says what 200 would
            case 304 of a file says what 200 would
        9110 15.4.9 308 has its Location.
            case a folder without its slash
            every answer
        9110 15.5.6 405 for a method that is known but not here, with Allow.
            case PUT on a list
            case POST on an article
            case DELETE of a file
            case GET where only POST is
            case HEAD where only POST is
            case TRACE
            every answer
        9110 15.5.7 406 where nothing acceptable is there, before anything is done.
            case Accept before a write
            case Accept: another type
        9110 15.5.11 410 for what was there and is gone for good.
            case GET of what was withdrawn
        9110 15.5.12 411 where a body must say its length.
            case a POST that says no length
            case a PUT that says no length
            case a PATCH that says no length
        9110 15.5.14 413 for a body longer than is taken, announced or in chunks.
            case a body as long as may be
            case a body one longer than may be
            case chunks beyond the limit
            test ConnectionMachineTests.bodiesKeepToTheirLimitOnBothSides
        9110 15.5.15 414 for a target longer than is taken.
            case a target one longer than may be
            case a target of a megabyte
            case a request line that never ends
        9110 15.5.16 415 for a type or coding that isn't taken, with what is.
            case no Content-Type
            case a Content-Type that isn't taken
            case a Content-Encoding that isn't taken
        9110 15.5.17 416 where no range is satisfiable, with the length.
            case range Range: bytes=10-
            case range Range: bytes=-0
            case range Range: bytes=10-,20-30
            case Range of an empty file
            every answer
        9110 15.6.4 503 says when to ask again.
            test ProblemTests.renders
            test EnduranceTests.pastTheLimitConnectionsAreRefused
            every answer
        9110 15.6.6 505 for a major version that isn't spoken.
            case HTTP/0.9
            case HTTP/2.0
            case HTTP/9.9
            case the preface of HTTP/2
        """#)

    /// RFC 3986, 5789, 6585, 8288, 9111 and 9457, as far as they concern this server.
    static let others = table(
        #"""
        3986 2 A URI is made of these bytes alone.
            case a letter with an accent in a path
        3986 2.1 An escape is a percent sign and two hexadecimal digits of either case.
            case escapes in either case
            case half an escape
            case an escape of other letters
            case a percent sign alone in a query
        3986 2.4 Escapes are decoded once, after the parts are taken apart.
            case an escaped name
            case no file at /%252e%252e/secret.txt
            case no file at /sub%2findex.html
            test PercentEncodingTests.decodesOnce
        3986 3.1 Schemes have no case.
            case an absolute form with its scheme in capitals
        3986 3.2.2 A host is a name, an IPv4 address, or an IPv6 address between brackets.
            case an absolute form of an IPv6 address
            case an absolute form with a backslash
            case Host is "[::1::2]"
            case Host is "[1:2:3:4:5:6:7:8:9]"
            case Host is [::ffff:192.0.2.1]
        3986 3.2.3 A port is digits, or nothing.
            case an absolute form with an empty port
            case an absolute form with a bad port
            case an absolute form with a port beyond 65535
        3986 3.3 A path has these bytes alone.
            case every byte that a path may have
            case empty segments
            case a quote in a path
            case an angle bracket in a path
            case a backslash in a path
            case a caret in a path
        3986 3.4 A query has these bytes alone, slashes and question marks among them.
            case question marks and slashes in a query
            case a query is not the file's
            case a brace in a query
            case a square bracket in a query
        3986 6.2.2.2 An escaped letter is the letter.
            case an escaped letter
        3986 7.3 What is decoded leads to no other place than it seems to.
            case no file at /%2e%2e/secret.txt
            case no file at /digits.txt%00
            test StaticTests.thereIsNoWayOut
            test StaticFilesTests.resolves
        5789 2 A PATCH is done wholly or not at all.
            case PATCH that changes nothing
            test ArticleTests.putReplacesAndPatchMerges
        5789 2.2 A patch of a kind that isn't taken is 415, with Accept-Patch.
            case a patch that isn't one
        5789 3.1 OPTIONS says with Accept-Patch that there is PATCH.
            case OPTIONS of an article
        6585 5 431 for a head that is too large.
            case a hundred fields and one
            case a field of a megabyte
        8288 3 A link has its target between angle brackets, and its relation once.
            case a list with a next page
            every answer
        9111 5.1 An origin sends no Age.
            every answer
        9111 5.2.2.1 max-age is sent as digits, without quotes.
            every answer
        9457 3 An error is a problem in JSON.
            every answer
        9457 3.1.2 Its status is that of the answer.
            every answer
        """#)
}
