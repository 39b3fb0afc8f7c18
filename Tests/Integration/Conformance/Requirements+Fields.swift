extension Requirement {
    /// RFC 9110 §10 and §12: what requests and answers say of themselves, and negotiation.
    static let fields = table(
        #"""
        9110 10.1.1 100-continue has no case, and gets 100 or the final status.
            case 100-continue
            case 100-continue in capitals
            case 100-continue with chunks
            test ConnectionTests.aBodyWaitsForContinue
            test ServingTests.expectContinue
        9110 10.1.1 100 isn't sent where there is no body, nor where it has begun to come.
            case 100-continue without a body
            test ConnectionMachineTests.continueIsSentOnceAndOnlyIfWaitedFor
        9110 10.1.1 100-continue of HTTP/1.0 is not looked at.
            case 100-continue in HTTP/1.0
        9110 10.1.1 An expectation that isn't known may be 417.
            case an expectation that nobody knows
            case an unknown expectation in a list
            case an empty list of expectations
        9110 10.1.1 A final answer without the body says whether the connection closes.
            case 100-continue for too much
        9110 10.1.4 TE allows trailers, and demands none.
            case TE with trailers
        9110 10.2.1 405 has Allow, with what can be done.
            case PUT on a list
            case POST on an article
            case DELETE of a file
            case GET where only POST is
            case HEAD where only POST is
            every answer
        9110 10.2.2 Location is a reference that can't be taken for another; a query is kept.
            case a folder without its slash, with a query
        9110 10.2.3 Retry-After is a date or seconds.
            test ProblemTests.renders
            every answer
        9110 12.4.2 A weight has up to three decimals; none is 1, and 0 is never.
            case Accept: a small weight
            case Accept: a weight of zero
            case Accept: a weight of zero with decimals
            test NegotiationTests.mediaTypes
        9110 12.5.1 The most exact range decides; where nothing is wanted that is there, 406.
            case Accept: the exact type outweighs the range
            case Accept: all but what there is
            case Accept: all but the kind
            case Accept of a list
            case Accept of a HEAD
            case Accept of a stream
            theme negotiation
        9110 12.5.1 Without Accept anything is wanted.
            case Accept: nothing is said
        9110 12.5.2 Accept-Charset may be passed over.
            case Accept-Charset changes nothing
        9110 12.5.3 A coding is used only if it is acceptable; identity is unless it is excluded.
            case gzip that isn't asked for
            case gzip that is asked for
            case gzip with a weight of zero
            case gzip less than identity
            case any coding
            case a coding that nobody knows
            case no coding at all
            test NegotiationTests.codings
        9110 12.5.4 Accept-Language may be passed over.
            case Accept-Language changes nothing
        9110 12.5.5 Vary names what the choice looked at, also where the choice was not to code.
            case Accept of a list that is there
            case Accept of a description
            case gzip that isn't asked for
            case 304 says what 200 would
        """#)

    /// RFC 9110 §13, §14 and §17: conditions and ranges.
    static let conditionsAndRanges = table(
        #"""
        9110 13.1.1 If-Match: strong comparison, * for anything; where it doesn't hold nothing is done, and 412.
            case GET of an article, If-Match: @tag@
            case GET of an article, If-Match: *
            case GET of an article, If-Match: "other"
            case PUT of an article, If-Match: W/@tag@
            case PATCH of an article, If-Match: "other"
            case DELETE of an article, If-Match: "other"
            case POST of a list, If-Match: "other"
            case GET of a list, If-Match: @listTag@
            test ConditionalTests.nobodyOverwritesWhatTheyHaveNotSeen
            test ConditionalTests.ofManyWhoSawTheSameOneWins
        9110 13.1.2 If-None-Match: weak comparison; where it doesn't hold 304 for GET and HEAD, and else nothing is done, and 412.
            case GET of an article, If-None-Match: W/@tag@
            case HEAD of an article, If-None-Match: *
            case PUT of an article, If-None-Match: *
            case PUT of an article, If-None-Match: W/@tag@
            case DELETE of an article, If-None-Match: *
            case POST of a list, If-None-Match: *
            case GET of a list, If-None-Match: @listTag@
        9110 13.1.3 If-Modified-Since: not looked at beside If-None-Match, with other methods, without a date, or where there is none.
            case GET of an article, If-Modified-Since: @modified@
            case GET of an article, If-Modified-Since: yesterday
            case GET of an article, If-None-Match: "other", If-Modified-Since: @modified@
            case PUT of an article, If-Modified-Since: Fri, 31 Dec 2100 23:59:59 GMT
            case GET of a list, If-Modified-Since: Fri, 31 Dec 2100 23:59:59 GMT
        9110 13.1.4 If-Unmodified-Since: not looked at beside If-Match, without a date, or where there is none; else 412 and nothing is done.
            case GET of an article, If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT
            case PUT of an article, If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT
            case PATCH of an article, If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT
            case DELETE of an article, If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT
            case PUT of an article, If-Unmodified-Since: broken
            case PUT of an article, If-Match: @tag@, If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT
            case GET of a list, If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT
        9110 13.1.5 If-Range: strong comparison, or exactly the date; where it doesn't hold Range is not looked at, nor it without Range.
            case range Range: bytes=1-1, If-Range: @fileTag@
            case range Range: bytes=1-1, If-Range: W/@fileTag@
            case range Range: bytes=1-1, If-Range: @fileModified@
            case range Range: bytes=1-1, If-Range: Sun, 06 Nov 1994 08:49:38 GMT
            case If-Range without Range
            test PreconditionsTests.ifRange
        9110 13.2.1 Conditions are not looked at where the answer would not be 2xx, nor with OPTIONS and TRACE.
            case conditions on nothing are not looked at
            case conditions on what was withdrawn are not looked at
            case conditions on a bad query are not looked at
            case conditions on OPTIONS are not looked at
            case conditions where there is no such method are not looked at
            case conditions on a bad type are not looked at
            case conditions on no file are not looked at
            case conditions on /articles?limit=0 are not looked at
            case conditions on /entities?limit=0 are not looked at
            case conditions on /events?min_sources=x are not looked at
        9110 13.2.2 The conditions are looked at in their order.
            theme conditions on articles
            theme conditions on lists
            theme conditions on files
            test PreconditionsTests.decides
            test PreconditionsTests.decidesWhereNothingIs
        9110 13.2.2 Range comes after all other conditions.
            case range Range: bytes=1-1, If-None-Match: @fileTag@
            case range Range: bytes=99-, If-None-Match: @fileTag@
            case range Range: bytes=1-1, If-Match: "other"
        9110 14.1 Units of ranges have no case.
            case range Range: BYTES=1-1
        9110 14.1.2 Positions beyond the end are cut, and large ones cause no overflow.
            case range Range: bytes=5-99
            case range Range: bytes=5-99999999999999999999999999
            case range Range: bytes=-99999999999999999999999999
            case range Range: bytes=-11
            case the last bytes of an empty file
            test ByteRangesTests.reads
            test ByteRangesTests.nothingOfAnEmptyFileExists
        9110 14.2 Range is not looked at with other methods than GET.
            case Range of a HEAD
        9110 14.2 Another unit, and what is no range, is not looked at.
            case range Range: lines=1-2
            case range Range: bytes=2-1
            case range Range: bytes=a-b
            case range Range: bytes=1-2, Range: bytes=3-4
        9110 14.2 Range may be passed over: with what is no file it is.
            case Range where there are none
            case Range of a list
            case Range of no file
        9110 14.4 Content-Range says which bytes of how many.
            case range Range: bytes=2-4
            every answer
        9110 14.5 A PUT with Content-Range is 400 where parts aren't put.
            case PUT of a part
        9110 14.6 Several ranges come as multipart/byteranges, each part with its own type and place.
            case range Range: bytes=0-0,-1
            case range Range: bytes=4-5, 1-2 ,8-
        9110 17.15 Ranges that are many, or together more than the whole, are not looked at.
            case range Range: bytes=0-,0-,0-
            case range Range: bytes=0-9,0-0
            case range seventeen of them
        """#)
}
