extension Requirement {
    /// RFC 9112: messages and connections.
    static let messages = table(
        #"""
        9112 2.2 A message is parsed as octets, never as characters of a wider encoding.
            case a length of fullwidth digits
            case a long s in chunked
            case a no-break space behind the target
            case a letter with an accent in a name
        9112 2.2 At least one empty line before a request is passed over.
            case an empty line before the request
            case some empty lines before the request
            case an empty line behind a body
            case empty lines for ever
        9112 2.2 A bare CR is refused or read as a blank: refused here.
            case a bare CR in a value
            case a request line that ends in CR
            case a request line that ends in CR CR LF
            case a line that ends in CR CR LF
            case a bare CR behind chunked
            case an empty line of CR before the request
        9112 2.2 A bare LF may be taken for a line end; it is refused, so that nobody in front reads it otherwise.
            case a request line that ends in LF
            case a line that ends in LF
            case a head that ends in LF
            case an empty line of LF before the request
        9112 2.2 Blanks between the request line and the first field are refused, or the line is passed over.
            case a blank before the first line
            case a blank line with a blank
        9112 2.2 No bare CR is sent outside of content.
            test ResponseHeadTests.fieldsCannotBreakOut
            every answer
        9112 2.3 The version is HTTP/DIGIT.DIGIT, in capitals.
            case a version in small letters
            case a version of another name
            case a version without a dot
            case a version with a comma
            case a version of two digits
            case a version with a zero in front
            case a version of one digit
        9112 3 A request line is a method, a target and a version, with one blank between; an invalid one is 400, never mended.
            case a blank before the request
            case two blanks behind the method
            case two blanks behind the target
            case a blank behind the version
            case a tab behind the method
            case a tab behind the target
            case no version
            case no target
            case an empty target
            case no method
            case a greeting of TLS
        9112 3 A method longer than any that is known is 501.
            case a method of ten thousand letters
            test HeadParserTests.refusesBadHeads
        9112 3 A target longer than any that is read is 414.
            case a target one longer than may be
            case a target of a megabyte
            case a request line that never ends
            test HeadParserTests.limitsHoldOnBothSides
        9112 3 Request lines of 8000 bytes are read.
            case a request line of 8000 bytes
        9112 3.2 No blank and no byte that a URI can't have stands in a target.
            case a blank within the target
            case a fragment
            case a fragment in a query
            case NUL in a path
            case DEL in a path
        9112 3.2 An HTTP/1.1 request without Host is 400.
            case no Host
            case no Host in a higher minor version
            case no Host beside an absolute form
            case no Host for a HEAD
        9112 3.2 More than one Host is 400.
            case two Hosts
            case one Host twice
            case two Hosts in HTTP/1.0
            case two Hosts beside an absolute form
        9112 3.2 An invalid Host is 400.
            case a bad Host beside an absolute form
            case Host is "a b"
            case Host is ""
            theme host
        9112 3.2 HTTP/1.0 needs no Host.
            case no Host in HTTP/1.0
        9112 3.2.1 The origin form is taken; a path begins with a slash.
            case a path
            case a path with a query
            case an empty query
            case a relative path
            case a query alone
        9112 3.2.2 The absolute form is taken of everybody.
            case an absolute form
            case an absolute form with a port
            case an absolute form without a path but with a query
            case an absolute form for OPTIONS
            case a scheme alone
            case an absolute form of another scheme
        9112 3.2.2 With the absolute form Host is not looked at for the target's authority.
            case an absolute form of another host than Host
            test HeadParserTests.requestsGiveTheirParts
        9112 3.2.3 The authority form is for CONNECT alone.
            case an authority for GET
            case CONNECT
        9112 3.2.4 The asterisk form is for OPTIONS alone.
            case an asterisk for OPTIONS
            case an asterisk for GET
            case an asterisk with more
        9112 4 The blank behind the status stands also where there is no reason.
            test ResponseHeadTests.writesHeads
            every answer
        9112 5 A field line is a name, a colon and a value.
            case no blank behind the colon
            case many blanks around a value
            case colons in a value
            case no colon
            case no name
        9112 5.1 A blank between name and colon is 400.
            case a blank before the colon
            case a tab before the colon
            case a blank within a name
            case a blank before the colon of a length
            case a tab before the colon of a length
            case a blank before the colon of a coding
            case a blank before the colon of Host
        9112 5.2 A folded line is refused with 400, or read as one with blanks: refused here.
            case a folded line
            case a line folded by a tab
            case a line folded to nothing
            case a length on a folded line
            case a folded length
            case a coding on a folded line
            case a folded coding
            case a folded Host
        9112 5.2 No folded line is sent.
            every answer
        9112 6.1 The chunked coding is understood.
            case chunked
        9112 6.1 No coding is sent with 1xx and 204, and none to HTTP/1.0.
            case a stream to HTTP/1.0 ends with the connection
            test ConnectionMachineTests.framesAnswersByStatusMethodAndVersion
            every answer
        9112 6.1 Chunked is applied once, and is the last coding.
            case chunked twice in a list
            case chunked on two lines
            case chunked and identity on two lines
            case chunks of lines
        9112 6.1 A coding that isn't understood is 501.
            case a coding that isn't decoded
            case a coding that isn't known
            case a coding of GET that isn't known
        9112 6.1 Length beside coding is refused, or the coding wins and the connection closes: refused here.
            case a length before a coding
            case a length behind a coding
            case a length of zero beside a coding
            case a broken length beside a coding
        9112 6.1 A coding in HTTP/1.0 is faulty framing, and the connection closes.
            case a coding in HTTP/1.0
        9112 6.2 No length is sent beside a coding.
            test ResponseHeadTests.writesHeads
            every answer
        9112 6.3 Answers to HEAD, and 1xx, 204 and 304, end with their head.
            test ConnectionMachineTests.framesAnswersByStatusMethodAndVersion
            test ServingTests.headHasTheLengthAndNoBody
            every answer
        9112 6.3 A coding whose last is not chunked is 400, and the connection closes.
            case chunked and then identity
            case chunked and then gzip
            case gzip alone
            case identity alone
            case an empty coding
            case a coding that ends like chunked
            case a coding that begins like chunked
            case chunked with a parameter
            case chunked in quotes
            case chunked and a comma
            case a comma and chunked
            case chunked in brackets
            case chunked after a word
            case chunked with a no-break space
            case a broken list before chunked
        9112 6.3 An invalid length is 400, and the connection closes.
            case an empty length
            case a length with plus
            case a length with minus
            case a length of minus zero
            case a length in hexadecimal
            case a length with letters
            case a length with an exponent
            case a length with a fraction
            case a length with an underscore
            case a length with a blank within
            case a length in quotes
            case a length with a parameter
            case a length of other digits
            case a length behind a no-break space
            case a list of two lengths
            case a list of one length twice
            case a list with one length
            case two lengths
            case the same length twice
            case a length and an empty one
        9112 6.3 A length is the length of the body.
            case a length
            case a length in HTTP/1.0
            test ReferenceTests.goodPipelinesReadTheSame
        9112 6.3 Neither length nor coding is no body.
            case neither length nor coding is no body
        9112 6.3 A request whose body has no length may be 411.
            case a POST that says no length
        9112 7 Names of codings have no case.
            case chunked in capitals
        9112 7.1 Chunks are read, whatever their sizes and however they come.
            case one chunk
            case many chunks
            case a size in capitals
            case a size with zeros in front
            case several zeros at the end
            case a chunk with what looks like the end
            case an empty chunked body
            theme chunks
            test ChunkedDecoderTests.decodesAtEverySplit
            test ChunkedDecoderTests.refusesAtEverySplit
        9112 7.1 Sizes of many digits cause no overflow.
            case a size of 2^63
            case a size of 2^64 - 1
            case a size of 2^64 and the real one
            case a size of 2^32 and more, of too many digits
            test ChunkedDecoderTests.sizesUpToTheLargestAreTaken
        9112 7.1.1 Extensions that aren't known are passed over.
            case an extension
            case an extension with a value
            case an extension in quotes
            case blanks around an extension
            case an extension of the last chunk
        9112 7.1.1 Extensions are bounded in all.
            case extensions beyond the limit
            case extensions beyond the limit in all
            test ChunkedDecoderTests.extensionsAndTrailersAreBounded
        9112 7.1.2 Trailers are read, and may be dropped.
            case a trailer
        9112 8 A request that is cut short is not carried out, and is answered before the close.
            case a body cut short
            case a head cut short
            case a chunk cut short
            case no last chunk
            case no end of the trailers
            test ConnectionMachineTests.aCutOffRequestIsRefused
            test ConnectionTests.whoHasStoppedSendingStillGetsTheAnswers
        9112 8 An answer that can't be completed is cut off so that the client sees it.
            test ServingTests.anAbortedStreamHasNoLastChunk
        9112 9.3 HTTP/1.1 stays open unless somebody says close; HTTP/1.0 closes unless it asked to stay, and is told so.
            case HTTP/1.1 stays open
            case keep-alive in HTTP/1.1
            case close in a list
            case close on another line
            case close elsewhere
            case keep-alive in HTTP/1.0
            case HTTP/1.0 closes
            case HTTP/1.0 with other words closes
            case keep-alive and close in HTTP/1.0
            case keep-alive elsewhere in HTTP/1.0
            test ConnectionMachineTests.persistence
        9112 9.3 A body is read to its end, or the connection closes.
            case a body behind a 404 that is a request
            case a body behind a 415 that is a request
            test ConnectionMachineTests.anAnswerBeforeTheBodysEndCloses
            test ServingTests.aBodyThatNobodyReadsCloses
        9112 9.3.2 Pipelined requests are answered in the order they came.
            case answers come in order
            case sixteen at once
            case a good request before a bad one
            test ConnectionTests.pipelinedRequestsAreAnsweredInOrder
            test ConnectionOrderTests.answersComeInOrderWhateverEachCosts
        9112 9.5 Idle connections and slow requests are closed after a time, slow ones with 408.
            test TimeoutTests.anIdleConnectionIsClosedWithoutAWord
            test TimeoutTests.aHeadThatDoesNotEndIsRefused
            test TimeoutTests.aDrippingHeadIsRefusedAllTheSame
            test TimeoutTests.aBodyThatDoesNotEndIsRefused
        9112 9.6 Asked to close, the server says so, closes after that answer, and takes nothing more.
            case close
            case close in capitals
            case close behind a body
            case close behind chunks
            case an answer before close is the last
        9112 9.6 Who has only stopped sending is still answered.
            case half-closed clients are answered
            case half-closed behind a body
            case half-closed after nothing
            test ConnectionMachineTests.halfCloseAnswersWhatCameBefore
        9112 9.6 The close waits until the client can have read the last answer.
            test ServingTests.aRefusalCanBeReadWhileTheBodyStillComes
            every answer
        9112 11.1 Nothing of a request breaks out of a field of the answer.
            test ResponseHeadTests.fieldsCannotBreakOut
        9112 11.2 What is refused is never read in two ways: nothing behind it is answered.
            theme framing
            theme transfer codings
            theme chunks
            test ConformanceTests.comesToTheSameHoweverItIsCut
            test ReferenceTests.brokenPipelinesReadTheSame
        """#)
}
