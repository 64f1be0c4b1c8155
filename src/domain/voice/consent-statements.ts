/**
 * The sentence that a voice talent reads aloud, by locale. The wording is prescribed: the service compares the recording
 * with it.
 *
 * @see https://github.com/Azure-Samples/Cognitive-Speech-TTS/blob/master/CustomVoice/script/verbal-statement-all-locales.txt
 */
export const CONSENT_STATEMENTS: Readonly<Record<string, string>> = {
  "ar-EG":
    "أنا {voiceTalentName} أدرك أن تسجيلات صوتي سيتم استخدامها بواسطة {companyName} لإنشاء واستخدام نسخة تركيبية من صوتي.",
  "ar-SA":
    "أنا {voiceTalentName} أدرك أن تسجيلات صوتي سيتم استخدامها بواسطة {companyName} لإنشاء واستخدام نسخة تركيبية من صوتي.",
  "bg-BG":
    "Аз {voiceTalentName} съм запознат/а с това, че записът на гласът ми ще бъде използван от {companyName} за да се създаде изкуствена версия на гласът ми.",
  "ca-ES":
    "Jo, {voiceTalentName}, sóc conscient que les gravacions de la meva veu seran utilitzades per {companyName} per a la creació i ús d'una versió sintètica de la meva veu.",
  "cs-CZ":
    "Já {voiceTalentName} jsem si vědom, že nahrávky mého hlasu budou použity {companyName} k vytvoření syntetické verze mého hlasu.",
  "da-DK":
    "Jeg {voiceTalentName}, er blevet informeret om, at optagelserne af min stemme vil blive brugt af {companyName}, til at lave og bruge en syntetisk version af min stemme.",
  "de-AT":
    "Ich {voiceTalentName} weiß, dass Aufzeichnungen meiner Stimme von {companyName} verwendet werden, um eine synthetische Version meiner Stimme zu erstellen und zu verwenden.",
  "de-CH":
    "Ich, {voiceTalentName}, bin mir bewusst, dass Aufnahmen vom meiner Stimme von {companyName} verwendet werden, um eine synthetische Version meiner Stimme zu erstellen und zu verwenden.",
  "de-DE":
    "Ich, {voiceTalentName} bin mir bewusst, dass Aufnahmen meiner Stimme von {companyName} verwendet werden, um eine synthetische Version meiner Stimme zu erstellen und zu verwenden.",
  "el-GR":
    "Εγώ {voiceTalentName} κατανοώ ότι ηχογράφιση της φωνής μου θα χρησιμοποιηθεί από {companyName} για την δημιουργία και την χρήση συνθετικής έκδοσης της φωνής μου.",
  "en-AU":
    "I {voiceTalentName} am aware that recordings of my voice will be used by {companyName} to create and use a synthetic version of my voice.",
  "en-CA":
    "I {voiceTalentName} am aware that recordings of my voice will be used by {companyName} to create and use a synthetic version of my voice.",
  "en-GB":
    "I {voiceTalentName} am aware that recordings of my voice will be used by {companyName} to create and use a synthetic version of my voice.",
  "en-IE":
    "I, {voiceTalentName}, am aware that recordings of my voice will be used by {companyName} to create and use a synthetic version of my voice.",
  "en-IN":
    "I {voiceTalentName} am aware that recordings of my voice will be used by {companyName} to create and use a synthetic version of my voice.",
  "en-US":
    "I {voiceTalentName} am aware that recordings of my voice will be used by {companyName} to create and use a synthetic version of my voice.",
  "es-ES":
    "Yo, {voiceTalentName}, soy consciente de que las grabaciones de mi voz serán usadas por {companyName} para crear y usar una versión sintética de mi voz.",
  "es-MX":
    "Yo, {voiceTalentName}, comprendo que las grabaciones de mi voz serán utilizadas por {companyName} para crear y utilizar una versión sintética de mi voz.",
  "fi-FI":
    "Minä {voiceTalentName} tiedostan, että {companyName} käyttää ääninauhotteitani ääneni synteettisen version luomiseen ja sen käyttämiseen.",
  "fr-BE":
    "Je, {voiceTalentName}, déclare avoir pris connaissance que mes données vocales seront utilisées par {companyName} pour produire une version synthétique de ma voix.",
  "fr-CA":
    "Je {voiceTalentName} comprends que les enregistrements de ma voix seront utilisés par {companyName} pour créer une voix synthétique à partir de mes enregistrements.",
  "fr-CH":
    "Je, {voiceTalentName}, déclare avoir pris connaissance que mes données vocales seront utilisées par {companyName} pour produire une version synthétique de ma voix.",
  "fr-FR":
    "Je, {voiceTalentName}, déclare être informé que les enregistrements de ma voix seront utilisés par {companyName} pour créer et utiliser une version synthétique de ma voix.",
  "he-IL":
    "אני {voiceTalentName} מודע לכך שהקלטות הקול שלי יהיו בשימוש על-ידי {companyName} על מנת ליצור ולהשתמש בגרסה סינתטית של הקול שלי.",
  "hi-IN":
    "मैं {voiceTalentName} जानता हूं कि मेरी आवाज की रिकॉर्डिंग का उपयोग {companyName} द्वारा किया जाएगा, ताकि मेरी आवाज का सिंथेटिक संस्करण बनाया जा सके।",
  "hr-HR":
    "Ja {voiceTalentName} sam svjestan/na da će snimci moga glasa biti korišteni od strane {companyName} za kreiranje i korištenje sintetičke verzije moga glasa.",
  "hu-HU":
    "Én, {voiceTalentName}, tudomásul veszem, hogy a {companyName} a hangfelvételeimet kezeli és felhasználja, valamint létrehozza a hangom gépi változatát.",
  "id-ID":
    "Saya {voiceTalentName} mengetahui bahwa rekaman suara saya akan digunakan oleh {companyName} untuk membuat dan menggunakan versi sintetis suara saya.",
  "it-IT":
    "Io {voiceTalentName} sono consapevole che le registrazioni della mia voce saranno utilizzate da {companyName} per creare e usare una versione sintetica della mia voce.",
  "ja-JP":
    "私{voiceTalentName}は自身の音声を{companyName}が使用し、合成音声を作り使用されることに同意します。",
  "ko-KR":
    "나 {voiceTalentName}은(는) {companyName}이(가) 내 목소리의 녹음을 이용해 합성 버전을 만들어 사용한다는 것을 알고 있습니다.",
  "ms-MY":
    "Saya {voiceTalentName} menyedari bahawa rakaman suara saya akan digunakan oleh {companyName} untuk membuat dan menggunakan versi sintetik suara saya.",
  "nb-NO":
    "Jeg, {voiceTalentName}, er kjent med at lydopptak av min stemme vil bli brukt av {companyName} til å skape og bruke en kunstig versjon av min stemme.",
  "nl-NL":
    "Ik {voiceTalentName} ben ervan op de hoogte dat opnames van mijn stem zullen worden gebruikt door {companyName} om een synthetische versie van mijn stem te creëren en te gebruiken.",
  "pl-PL":
    "Ja, {voiceTalentName}, mam świadomość, że nagrania mojego głosu zostaną wykorzystane przez {companyName} do stworzenia i używania syntetycznej wersji mojego głosu.",
  "pt-BR":
    "Eu, {voiceTalentName} estou ciente de que as gravações da minha voz serão usadas por {companyName} para criar e usar uma versão sintética da minha voz.",
  "pt-PT":
    "Eu {voiceTalentName} estou ciente de que as gravações da minha voz serão usadas pela {companyName} para criar e usar uma versão sintética da minha voz.",
  "ro-RO":
    "Eu, {voiceTalentName}, sunt conștient de faptul că înregistrările vocii mele vor fi folosite de {companyName} pentru a crea și utiliza o versiune sintetică a vocii mele.",
  "ru-RU":
    "Я {voiceTalentName} осведомлен о том, что мой голос будет использован {companyName} для создания синтез версии моего голоса.",
  "sk-SK":
    "Ja, {voiceTalentName}, beriem na vedomie, že nahrávky môjho hlasu budú použité spoločnosťou {companyName} na vytvorenie a použitie syntetickej verzie môjho hlasu.",
  "sl-SI":
    "Jaz, {voiceTalentName} se zavedam, da bo {companyName} posnetke mojega glasu uporabil za ustvarjanje in uporabo sintetične različice mojega glasu.",
  "sv-SE":
    "Jag {voiceTalentName} är medveten om att inspelningar av min röst kommer att användas av {companyName} för att skapa och använda en syntetisk version av min röst.",
  "ta-IN":
    "நிறுவனம் {companyName} எனது குரலின் பதிவுகளை பயன்படுத்தி, செயற்கை பதிப்பை உருவாக்கவும் மற்றும் பயன்படுத்தவும் உள்ளதாக நான் {voiceTalentName} அறிவேன்.",
  "te-IN":
    "నా {voiceTalentName} వాయిస్ యొక్క సింథటిక్ సంస్కరణను సృష్టించడానికి మరియు ఉపయోగించటానికి నా వాయిస్ యొక్క రికార్డింగ్‌లు {companyName} ఉపయోగిస్తాయని నాకు తెలుసు.",
  "th-TH": "ฉัน {voiceTalentName} รับทราบว่าทาง {companyName} ได้นำเสียงบันทึกของฉันไปเพื่อสร้างและใช้ในเวอร์ชั่นสังเคราะห์",
  "tr-TR":
    "Ben {voiceTalentName} sesimin kayıtlarının {companyName} tarafından sesimin sentetik bir versiyonunu oluşturmak ve kullanmak için kullanılacağının farkındayım.",
  "vi-VN":
    "Tôi {voiceTalentName} biết rằng các bản ghi âm giọng nói của tôi sẽ được {companyName} dùng để tạo và sử dụng phiên bản giọng nói tổng hợp.",
  "zh-CN": "我{voiceTalentName}确认我的声音将会被{companyName}使用于创建合成版本语音。",
  "zh-HK": "本人{voiceTalentName}確認我的聲音將會被{companyName}使用於創建合成版本語音。",
  "zh-TW": "本人{voiceTalentName}確認我的聲音將會被{companyName}使用於創建合成版本語音。",
};
