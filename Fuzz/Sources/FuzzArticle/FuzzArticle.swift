import JSON
import News

/// Any bytes are read as an article or refused with a place; what is read and written again reads the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzArticle(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do throws(JSONError) {
        var reader = JSONReader(bytes)
        let article = try Article(from: &reader)
        try reader.finish()
        let once = written(article)
        var second = JSONReader(once)
        let again = try Article(from: &second)
        precondition(written(again) == once)
    } catch {
        precondition((0...bytes.count).contains(error.offset) && !error.detail.isEmpty)
    }
    var reader = JSONReader(bytes)
    if let value = try? reader.value() {
        var writer = JSONWriter()
        writer.value(value)
        var second = JSONReader(writer.bytes)
        precondition((try? second.value()) == value)
    }
    return 0
}

private func written(_ article: Article) -> [UInt8] {
    var writer = JSONWriter()
    article.write(to: &writer, withFacts: true)
    return writer.bytes
}
