import Reader
import TestSupport
import Testing

struct LanguageTests {
    @Test(arguments: [
        ("en", "The harbour has been closed since Monday, and nobody knows when it will open again."),
        ("de", "Der Hafen ist seit Montag geschlossen, und niemand weiß, wann er wieder geöffnet wird."),
        ("fr", "Le port est fermé depuis lundi et personne ne sait quand il sera rouvert aux navires."),
        ("es", "El puerto está cerrado desde el lunes y nadie sabe cuándo se abrirá otra vez para los barcos."),
        ("it", "Il porto è chiuso da lunedì e nessuno sa quando sarà aperto di nuovo per le navi della città."),
        ("pt", "O porto está fechado desde segunda-feira e ninguém sabe quando será aberto de novo para os navios, não só da cidade."),
        ("nl", "De haven is sinds maandag gesloten en niemand weet wanneer die weer open zal gaan voor het verkeer."),
        ("sv", "Hamnen har varit stängd sedan måndagen och ingen vet när den ska öppnas igen för trafik, säger han."),
        ("fi", "Satama on ollut kiinni maanantaista, eikä kukaan tiedä, milloin se avataan, sanoo hän, mutta se on vain arvio."),
        ("pl", "Port jest zamknięty od poniedziałku i nikt nie wie, kiedy zostanie otwarty dla statków."),
        ("cs", "Přístav je od pondělí uzavřen a nikdo neví, kdy se znovu otevře pro lodě, řekl starosta."),
        ("hu", "A kikötő hétfő óta zárva van, és senki sem tudja, hogy mikor nyílik meg újra a hajóknak."),
        ("tr", "Liman pazartesi gününden beri kapalı ve kimse ne zaman açılacağını bilmiyor, dedi."),
        ("id", "Pelabuhan itu ditutup sejak Senin dan tidak ada yang tahu kapan akan dibuka untuk kapal."),
        ("ru", "Порт закрыт с понедельника, и никто не знает, когда он снова откроется для судов."),
        ("uk", "Порт зачинено від понеділка, і ніхто не знає, коли його знову відкриють для суден."),
        ("el", "Το λιμάνι είναι κλειστό από τη Δευτέρα."), ("he", "הנמל סגור מאז יום שני."), ("ar", "الميناء مغلق منذ يوم الاثنين."),
        ("ja", "港は月曜日から閉鎖されている。"), ("zh", "港口自星期一起关闭。"), ("ko", "항구는 월요일부터 폐쇄되었다."),
        ("th", "ท่าเรือปิดตั้งแต่วันจันทร์"), ("hi", "बंदरगाह सोमवार से बंद है।"),
    ])
    func isKnownByWordsOrScript(code: String, text: String) throws {
        let found = try #require(DetectedLanguage(of: TokenizedText(text)))
        #expect(found.code == code)
        #expect(found.confidence > 0.3 && found.confidence <= 1)
    }

    @Test func littleSaysNothing() {
        for text in ["", "Kyiv", "12 34", "Zzyzx Qwrtp", "👍🏽", "\0\0"] {
            #expect(DetectedLanguage(of: TokenizedText(text)) == nil, "\(text)")
        }
    }

    @Test func nothingBreaksIt() {
        for (_, make) in Hostile.kinds { _ = DetectedLanguage(of: TokenizedText(make(20_000))) }
    }
}
