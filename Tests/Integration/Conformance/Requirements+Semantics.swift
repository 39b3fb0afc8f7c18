extension Requirement {
    /// RFC 9110 §2 to §9: messages, resources, methods.
    static let semantics = table(
        #"""
        9110 2.2 Nothing is sent that the grammar doesn't have.
            test ResponseHeadTests.writesHeads
            every answer
        9110 2.5 A higher minor version is read as the highest known.
            case a higher minor version
            case the highest minor version
        9110 2.5 The version of an answer is the server's own.
            every answer
        9110 4.1 URIs of 8000 bytes are taken.
            case a target as long as may be
            case a request line of 8000 bytes
        9110 4.2.1 A URI of http with an empty host is invalid.
            case an absolute form without a host
            case an absolute form with only a port
            case Host is ""
        9110 4.2.3 An empty path is the same as a slash.
            case an absolute form without a path
        9110 4.2.4 User information in a target is an error.
            case an absolute form with user information
            case Host is "u@a"
        9110 5.1 Names of fields have no case, and hold no byte but those of a token.
            case a name of any case
            case a name that nobody knows
            case an odd byte in a name
            case a letter with an accent in a name
            case NUL in a name
        9110 5.3 A field that is no list is sent once.
            every answer
        9110 5.3 Lines of one name are one list, in their order.
            case the same name often
            case close on another line
            case Accept: on the second line
        9110 5.3 Nothing is done before the whole head is there.
            case a head cut short
            test HeadParserTests.everyPrefixNeedsMore
        9110 5.4 Fields larger or more than are read are answered 4xx.
            case a hundred fields
            case a hundred fields and one
            case a head as long as may be
            case a head one longer than may be
            case a field of a megabyte
            case a name of a megabyte
            test HeadParserTests.limitsHoldOnBothSides
            test HeadParserTests.theLimitIsTheSameAtEverySplit
        9110 5.5 CR, LF and NUL in a value are refused or replaced: refused here, with every other control byte.
            case NUL in a value
            case a control byte in a value
            case DEL in a value
            case a bare CR in a value
            case a length with NUL
            case a length behind a vertical tab
            case a vertical tab before chunked
            case NUL behind chunked
        9110 5.5 Blanks around a value are no part of it.
            case many blanks around a value
            case an empty value
            case a length among blanks
            case chunked among blanks
        9110 5.5 Other bytes beyond ASCII are opaque data.
            case bytes beyond ASCII in a value
        9110 5.6.1 Lists may have blanks around their commas.
            case range Range: bytes= 1-1
            case close in a list
        9110 5.6.1.1 No empty element is sent in a list.
            every answer
        9110 5.6.1.2 Empty elements of a list are passed over.
            case Connection with nothing
            case range Range: bytes=,1-1,
            case Accept: empty elements
            case GET of an article, If-Match: ,@tag@,
        9110 5.6.2 A token has these bytes and no others.
            case every byte that a name may have
        9110 5.6.4 In a quoted string an escaped byte stands for itself.
            test NegotiationTests.parametersAreComparedAsTheyAreMeant
        9110 5.6.6 Names of parameters have no case.
            case Accept: a weight in capitals
        9110 5.6.7 Dates are read in all three forms.
            case a date of RFC 850
            case a date of asctime
            case a date of asctime, a second too early
            test HTTPDateTests.readsTheObsoleteForms
        9110 5.6.7 A year of two digits more than 50 years ahead is past.
            test HTTPDateTests.readsTheObsoleteForms
        9110 5.6.7 Dates are sent as IMF-fixdate.
            test HTTPDateTests.formatsAndReads
            every answer
        9110 6.4.1 Answers to HEAD, and 1xx, 204 and 304, have no content.
            every answer
        9110 6.5 Trailers are bounded.
            case trailers beyond the limit
        9110 6.5.1 A trailer is never merged into the head.
            case trailers that would frame it
            case trailers that would change its meaning
        9110 6.6.1 Every 2xx, 3xx and 4xx has a Date.
            test OperationTests.everyAnswerIsDatedAndTyped
            every answer
        9110 7.2 Host is a host and perhaps a port.
            theme host
        9110 7.4 A request for https is refused where it didn't come over TLS, but from a gateway.
            case https where there is no TLS
            test ConnectionMachineTests.aTargetOfHTTPSIsForGateways
        9110 7.6.1 An option of Connection is a whole word of a list.
            case Connection with other words
        9110 7.6.2 An origin has no use for Max-Forwards.
            case Max-Forwards of zero
        9110 7.8 No protocol is changed to that the client didn't name: none at all.
            case an Upgrade that isn't taken
        9110 8.3 Content has its type.
            case two Content-Types
            every answer
        9110 8.3.1 Media types have no case.
            case a Content-Type in capitals
            case Accept: another case
        9110 8.4 A coding that was applied is named.
            case gzip that is asked for
        9110 8.4 A body of a coding that isn't known is 415.
            case a Content-Encoding that isn't taken
        9110 8.4.1.3 x-gzip is gzip.
            case gzip by its old name
        9110 8.6 A length is decimal digits of any number; large ones cause no overflow.
            case a length with zeros in front
            case a length of zero
            case a length of 2^31
            case a length of 2^32 and the real one
            case a length of 2^63 - 1
            case a length of 2^63
            case a length of 2^64
            case a length of 2^64 and the real one
            case a length of a thousand digits
        9110 8.6 No length is sent with 1xx and 204.
            every answer
        9110 8.6 The length of an answer to HEAD is that of GET, or none.
            case HEAD of an article
            case HEAD of a file
            case an empty file
            test OperationTests.headIsGetWithoutTheBody
        9110 8.6 A 304 has the length of the 200, or none: none here.
            case 304 says what 200 would
            case 304 of a file says what 200 would
        9110 8.8.1 A strong validator changes with the bytes.
            test EditingTests.aNewNameStandsInEveryArticle
            test StaticTests.unchangedFilesAreNotSentAgain
        9110 8.8.1 A weak validator is marked so.
            test ConditionalTests.aListsTagIsWeakAndChangesWithIt
        9110 8.8.2 Last-Modified is a date.
            every answer
        9110 8.8.2.1 Last-Modified is never later than Date.
            every answer
        9110 8.8.2.2 A date is a strong validator only if it is older than the answer by a second.
            test PreconditionsTests.ifRange
        9110 8.8.3 A tag is opaque bytes in quotes.
            test PreconditionsTests.tagsAreReadAndWritten
            every answer
        9110 8.8.3.2 Tags are compared strongly or weakly, as each field says.
            case GET of an article, If-Match: W/@tag@
            case GET of an article, If-None-Match: W/@tag@
            case range Range: bytes=1-1, If-Range: W/@fileTag@
        9110 8.8.3.3 What is coded otherwise has another strong tag.
            case gzip has a tag of its own
            case a tag of gzip names no other
        9110 9.1 GET and HEAD are there.
            case GET of an article
            case HEAD of an article
        9110 9.1 Methods have their case; one that isn't known is 501.
            case a method that nobody knows
            case a method in small letters
            case a method that begins like GET
            case an odd byte in the method
            case a letter with an accent in the method
            case NUL in the method
        9110 9.2.2 PUT and DELETE twice are as once.
            case DELETE of what was withdrawn
            case PUT that changes nothing
        9110 9.3.1 A body of GET has no meaning, and is no other request.
            case a body of GET that is a request
            case chunks of a GET
        9110 9.3.1 GET answers with the representation.
            case GET of an article
            case the home page
            case a folder's page
        9110 9.3.2 The answer to HEAD is that to GET without content, whatever its status.
            case HEAD of an article
            case HEAD of a list
            case HEAD of a file
            case HEAD of nothing
            case HEAD of what was withdrawn
            case a body of HEAD that is a request
            case a bad HEAD has no body
            case a HEAD of HTTP/2.0 has no body
            test ConnectionMachineTests.theRefusalOfAHeadHasNoBody
            test OperationTests.headIsGetWithoutTheBody
        9110 9.3.3 A POST that makes a resource is 201 with its Location.
            case a POST that is there already
            test ArticleTests.aNewArticleIsAnsweredWholeAndFoundAgain
            every answer
        9110 9.3.4 A PUT that replaces is 200 or 204.
            case PUT that changes nothing
            test ArticleTests.putReplacesAndPatchMerges
        9110 9.3.4 The answer to a PUT has a validator only if what was sent is stored byte for byte.
            case PUT that changes nothing
            test ConditionalTests.aTagOfAPutPromisesTheSameBytes
        9110 9.3.5 DELETE answers 204 where it is done and says nothing more.
            case DELETE of nothing
            case a body of DELETE that is a request
            case a DELETE needs no length
            test ArticleTests.aWithdrawnArticleIsGoneAndLeavesATombstone
        9110 9.3.6 CONNECT is for proxies.
            case CONNECT
        9110 9.3.7 OPTIONS says what can be done with its target, the asterisk what the server can at all.
            case OPTIONS of an article
            case OPTIONS of a list
            case OPTIONS of a file
            case an asterisk for OPTIONS
            case a body of OPTIONS that is a request
        9110 9.3.8 TRACE shows nobody's fields: it isn't done.
            case TRACE
        """#)
}
