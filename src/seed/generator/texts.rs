//! Sentences for generated conversations, in several languages. Any opening with any detail makes a message of 60 to 300 bytes.

/// What customers and agents say in one language.
pub struct Language {
    pub subjects: &'static [&'static str],
    pub customer: Speech,
    pub agent: Speech,
    pub comment: Speech,
}

/// A message is one opening and one detail.
pub struct Speech {
    pub openings: &'static [&'static str],
    pub details: &'static [&'static str],
}

pub const LANGUAGES: &[Language] = &[ENGLISH, POLISH, FINNISH, JAPANESE];

const ENGLISH: Language = Language {
    subjects: &["My order has not arrived", "Question about an invoice", "The machine does not start", "How do I change my address?"],
    customer: Speech {
        openings: &[
            "Hello, I ordered from you two weeks ago and nothing has arrived so far.",
            "Good morning, the machine stopped working yesterday and only blinks red.",
            "Hi there, I think that I was charged twice for the same order.",
            "Thank you for the quick answer, but the problem is still there.",
        ],
        details: &[
            "Could you please look into it and tell me when I can expect a solution?",
            "I have tried everything in the manual, including the reset, without success.",
            "We need it for an event on Friday, so it is rather urgent for us.",
            "If that is not possible, I would like to have my money back.",
        ],
    },
    agent: Speech {
        openings: &[
            "Thank you for your message, I am sorry for the trouble.",
            "Thanks for writing to us, I have looked at your order.",
            "I have spoken with our warehouse about your case.",
        ],
        details: &[
            "A replacement leaves our warehouse today and should reach you within three working days.",
            "The amount will be back on your account within five days at the latest.",
            "Could you send us the serial number from the back of the device and a photo?",
        ],
    },
    comment: Speech {
        openings: &["Checked with the warehouse by phone.", "Customer called as well, please keep an eye on it."],
        details: &["The parcel was scanned last Tuesday.", "Refund is approved by the team lead."],
    },
};

const POLISH: Language = Language {
    subjects: &["Zamówienie nie dotarło", "Pytanie o fakturę", "Ekspres się nie włącza", "Zmiana adresu dostawy"],
    customer: Speech {
        openings: &[
            "Dzień dobry, dwa tygodnie temu zamówiliśmy u Państwa młynek i nadal nic nie przyszło.",
            "Dzień dobry, od wczoraj ekspres nie działa i tylko miga na czerwono.",
            "Witam, mam wrażenie, że za to samo zamówienie pobrano opłatę dwa razy.",
            "Dziękuję za szybką odpowiedź, ale problem nadal występuje.",
        ],
        details: &[
            "Proszę o sprawdzenie i informację, kiedy mogę się spodziewać rozwiązania.",
            "Wszystkie kroki z instrukcji, łącznie z resetem, nie przyniosły efektu.",
            "Potrzebujemy go na piątkowe spotkanie, więc sprawa jest dość pilna.",
            "Jeżeli to niemożliwe, proszę o zwrot pieniędzy na konto.",
        ],
    },
    agent: Speech {
        openings: &[
            "Dziękujemy za wiadomość i przepraszamy za kłopot.",
            "Dziękujemy za kontakt, sprawdziliśmy Państwa zamówienie.",
            "Wyjaśniliśmy tę sprawę z naszym magazynem.",
        ],
        details: &[
            "Nowe urządzenie wysyłamy jeszcze dzisiaj, dotrze w ciągu trzech dni roboczych.",
            "Pieniądze wrócą na konto najpóźniej w ciągu pięciu dni.",
            "Prosimy o numer seryjny z tyłu urządzenia oraz zdjęcie usterki.",
        ],
    },
    comment: Speech {
        openings: &["Sprawdzone telefonicznie z magazynem.", "Klient dzwonił, proszę mieć to na oku."],
        details: &["Paczka była skanowana w zeszły wtorek.", "Zwrot zatwierdzony przez kierownika."],
    },
};

const FINNISH: Language = Language {
    subjects: &["Tilaus ei ole saapunut", "Kysymys laskusta", "Laite ei käynnisty", "Miten vaihdan osoitteen?"],
    customer: Speech {
        openings: &[
            "Hei, tilasin teiltä kaksi viikkoa sitten, eikä mitään ole vielä saapunut.",
            "Hyvää huomenta, laite lakkasi eilen toimimasta ja vilkkuu vain punaisena.",
            "Hei, minua taidettiin laskuttaa samasta tilauksesta kahteen kertaan.",
            "Kiitos nopeasta vastauksesta, mutta ongelma ei ole poistunut.",
        ],
        details: &[
            "Voisitteko selvittää asian ja kertoa, milloin voin odottaa ratkaisua?",
            "Olen kokeillut kaikkia ohjekirjan neuvoja, myös nollausta, mutta turhaan.",
            "Tarvitsemme sen perjantain tilaisuuteen, joten asialla on kiire.",
            "Jos se ei ole mahdollista, haluaisin rahani takaisin.",
        ],
    },
    agent: Speech {
        openings: &[
            "Kiitos viestistäsi, ja pahoittelut vaivasta.",
            "Kiitos yhteydenotosta, tarkistin tilauksesi tiedot.",
            "Selvitin asiaa varastomme kanssa.",
        ],
        details: &[
            "Uusi laite lähtee varastostamme tänään ja on perillä kolmessa arkipäivässä.",
            "Summa palautetaan tilillesi viimeistään viiden päivän kuluessa.",
            "Voisitko lähettää laitteen takana olevan sarjanumeron ja valokuvan?",
        ],
    },
    comment: Speech {
        openings: &["Tarkistettu varastolta puhelimitse.", "Asiakas soitti myös, seuratkaa tätä."],
        details: &["Paketti skannattiin viime tiistaina.", "Tiiminvetäjä on hyväksynyt palautuksen."],
    },
};

const JAPANESE: Language = Language {
    subjects: &["注文した商品が届きません", "請求書について", "電源が入りません", "配送先の変更について"],
    customer: Speech {
        openings: &[
            "二週間前に注文しましたが、まだ商品が届いていません。",
            "昨日から機械が動かなくなり、赤いランプが点滅しています。",
            "同じ注文に対して二重に請求されているようです。",
            "早速のご返信ありがとうございます。しかし、まだ直っていません。",
        ],
        details: &[
            "お手数ですが、状況をご確認いただけますでしょうか。",
            "説明書の手順をすべて試しましたが、改善しませんでした。",
            "金曜日の催しで使うため、少し急いでおります。",
            "難しいようでしたら、返金をお願いいたします。",
        ],
    },
    agent: Speech {
        openings: &[
            "お問い合わせありがとうございます。ご不便をおかけし申し訳ございません。",
            "ご連絡ありがとうございます。ご注文内容を確認いたしました。",
            "倉庫の担当者に確認いたしました。",
        ],
        details: &[
            "代わりの商品を本日発送いたします。三営業日ほどでお届けの予定です。",
            "五日以内にお客様の口座へ返金いたします。",
            "本体裏側のシリアル番号と写真をお送りいただけますか。",
        ],
    },
    comment: Speech {
        openings: &["倉庫に電話で確認済みです。", "お客様からお電話もありました。"],
        details: &["荷物は先週の火曜日に読み取られています。", "返金は責任者が承認しました。"],
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_neither_short_nor_long() {
        for language in LANGUAGES {
            for speech in [&language.customer, &language.agent, &language.comment] {
                for (opening, detail) in speech.openings.iter().flat_map(|o| speech.details.iter().map(move |d| (o, d))) {
                    let bytes = opening.len() + 1 + detail.len();
                    assert!((60..=280).contains(&bytes), "{bytes} bytes: {opening} {detail}");
                }
            }
        }
    }
}
