/** Names and places for sample patients, from many cultures. Nobody is meant: they are the commonest of each. */

export interface Culture {
  readonly family: readonly string[];
  readonly female: readonly string[];
  readonly male: readonly string[];
  /** City and postal code. */
  readonly cities: readonly (readonly [string, string])[];
  readonly streets: readonly string[];
  readonly country: string;
  /** BCP 47. */
  readonly language: string;
  /** The same names in Latin letters, place by place, where they are written in another script. */
  readonly latin?: { readonly family: readonly string[]; readonly female: readonly string[]; readonly male: readonly string[] };
}

const words = (text: string): readonly string[] => text.split(' ');

export const CULTURES: readonly Culture[] = [
  {
    family: words('Smith Jones Taylor Brown Walker O’Brien McDonald Fitzgerald Wright Hughes'),
    female: words('Olivia Amelia Grace Charlotte Eleanor Ruth Siobhán Megan'),
    male: words('George Arthur Noah Thomas Seán William Henry Samuel'),
    cities: [
      ['Bristol', 'BS1 4ST'],
      ['Leeds', 'LS1 5DL'],
      ['Cardiff', 'CF10 1EP'],
    ],
    streets: words('Station_Road Church_Lane Mill_Street'),
    country: 'GB',
    language: 'en-GB',
  },
  {
    family: words('García Martínez López Sánchez Núñez Ibáñez Peña Güell'),
    female: words('María Lucía Sofía Ángela Inés Begoña Concepción'),
    male: words('José Iñaki Andrés Álvaro Jesús Ramón Nicolás'),
    cities: [
      ['Málaga', '29001'],
      ['A Coruña', '15001'],
      ['Cádiz', '11001'],
    ],
    streets: words('Calle_Mayor Avenida_de_la_Constitución Plaza_España'),
    country: 'ES',
    language: 'es-ES',
  },
  {
    family: words('Müller Schäfer Weiß Köhler Jäger Schröder Groß Özdemir'),
    female: words('Anneliese Jördis Käthe Sabine Ursula Zoë Marlene'),
    male: words('Jürgen Günther Björn Matthias Jörg Friedrich Emre'),
    cities: [
      ['Köln', '50667'],
      ['Würzburg', '97070'],
      ['Lübeck', '23552'],
    ],
    streets: words('Hauptstraße Bahnhofstraße Gartenweg'),
    country: 'DE',
    language: 'de-DE',
  },
  {
    family: words('Lefèvre Benoît François Crépin Noël Château d’Aubigné'),
    female: words('Élodie Océane Hélène Chloé Zoé Agnès Geneviève'),
    male: words('Rémi Jérôme Benoît François Théo Gaël Loïc'),
    cities: [
      ['Besançon', '25000'],
      ['Nîmes', '30000'],
      ['Orléans', '45000'],
    ],
    streets: words('rue_de_la_République rue_du_Général-Leclerc place_de_l’Église'),
    country: 'FR',
    language: 'fr-FR',
  },
  {
    family: words('Łukasiewicz Wójcik Dąbrowicz Dvořák Šimek Żak Kőrösi'),
    female: words('Małgorzata Zofia Bożena Kateřina Jiřina Ágnes'),
    male: words('Łukasz Paweł Jiří Ondřej Zoltán Tomáš'),
    cities: [
      ['Łódź', '90-001'],
      ['Kraków', '30-001'],
      ['Brno', '602 00'],
    ],
    streets: words('ulica_Długa Piotrkowska náměstí_Svobody'),
    country: 'PL',
    language: 'pl-PL',
  },
  {
    family: words('Yıldız Şahin Çelik Öztürk Aydın Güneş'),
    female: words('Ayşe Gülşen Zeynep İpek Şule Özlem'),
    male: words('Mehmet İbrahim Çağlar Oğuz Ümit Ali'),
    cities: [
      ['İzmir', '35250'],
      ['Eskişehir', '26110'],
    ],
    streets: words('Atatürk_Caddesi Çiçek_Sokak'),
    country: 'TR',
    language: 'tr-TR',
  },
  {
    family: words('Nguyễn Trần Lê Phạm Hoàng Đặng'),
    female: words('Thị_Hồng Ngọc_Ánh Thu_Hà Mỹ_Linh'),
    male: words('Văn_Hùng Minh_Đức Quốc_Bảo Hữu_Phước'),
    cities: [
      ['Đà Nẵng', '550000'],
      ['Huế', '530000'],
    ],
    streets: words('đường_Lê_Lợi đường_Trần_Phú'),
    country: 'VN',
    language: 'vi-VN',
  },
  {
    family: words('الحسيني المصري خوري حداد منصور الشامي'),
    female: words('فاطمة مريم ليلى زينب نور'),
    male: words('محمد أحمد يوسف عمر خالد'),
    latin: {
      family: words('Al-Husseini Al-Masri Khoury Haddad Mansour Al-Shami'),
      female: words('Fatima Maryam Layla Zaynab Nour'),
      male: words('Muhammad Ahmad Youssef Omar Khalid'),
    },
    cities: [
      ['عمّان', '11110'],
      ['بيروت', '1100'],
    ],
    streets: words('شارع_الملك_حسين شارع_الحمرا'),
    country: 'JO',
    language: 'ar',
  },
  {
    family: words('כהן לוי מזרחי פרץ ביטון'),
    female: words('רחל שרה נועה תמר'),
    male: words('דוד יוסף משה איתי'),
    latin: {
      family: words('Cohen Levi Mizrahi Peretz Biton'),
      female: words('Rachel Sarah Noa Tamar'),
      male: words('David Yosef Moshe Itai'),
    },
    cities: [
      ['חיפה', '3100000'],
      ['באר שבע', '8400000'],
    ],
    streets: words('רחוב_הרצל שדרות_רוטשילד'),
    country: 'IL',
    language: 'he',
  },
  {
    family: words('王 李 張 劉 陳 歐陽'),
    female: words('秀英 麗華 美玲 雨晴'),
    male: words('小明 志強 建國 子軒'),
    latin: {
      family: words('Wang Li Zhang Liu Chen Ouyang'),
      female: words('Xiuying Lihua Meiling Yuqing'),
      male: words('Xiaoming Zhiqiang Jianguo Zixuan'),
    },
    cities: [
      ['臺北市', '100'],
      ['高雄市', '800'],
    ],
    streets: words('中山路 民生路'),
    country: 'TW',
    language: 'zh-Hant',
  },
  {
    family: words('佐藤 鈴木 高橋 渡辺 伊藤'),
    female: words('花子 陽菜 美咲 さくら'),
    male: words('太郎 翔太 健一 大輔'),
    latin: {
      family: words('Sato Suzuki Takahashi Watanabe Ito'),
      female: words('Hanako Hina Misaki Sakura'),
      male: words('Taro Shota Kenichi Daisuke'),
    },
    cities: [
      ['札幌市', '060-0001'],
      ['京都市', '600-8001'],
    ],
    streets: words('北一条西 四条通'),
    country: 'JP',
    language: 'ja',
  },
  {
    family: words('김 이 박 최 정'),
    female: words('서연 지우 민서 하은'),
    male: words('민준 서준 도윤 지호'),
    latin: {
      family: words('Kim Lee Park Choi Jung'),
      female: words('Seo-yeon Ji-woo Min-seo Ha-eun'),
      male: words('Min-jun Seo-jun Do-yun Ji-ho'),
    },
    cities: [
      ['부산', '48058'],
      ['대구', '41911'],
    ],
    streets: words('중앙대로 해운대로'),
    country: 'KR',
    language: 'ko',
  },
  {
    family: words('Коваленко Шевченко Бондаренко Мельник'),
    female: words('Анна Марія Оксана Юлія'),
    male: words('Олександр Дмитро Тарас Сергій'),
    latin: {
      family: words('Kovalenko Shevchenko Bondarenko Melnyk'),
      female: words('Anna Mariia Oksana Yuliia'),
      male: words('Oleksandr Dmytro Taras Serhii'),
    },
    cities: [
      ['Київ', '01001'],
      ['Львів', '79000'],
    ],
    streets: words('вулиця_Хрещатик вулиця_Садова'),
    country: 'UA',
    language: 'uk',
  },
  {
    family: words('Οικονόμου Γεωργίου Αθανασίου'),
    female: words('Ελένη Μαρία Αικατερίνη'),
    male: words('Γιώργος Δημήτρης Κωνσταντίνος'),
    latin: {
      family: words('Oikonomou Georgiou Athanasiou'),
      female: words('Eleni Maria Aikaterini'),
      male: words('Giorgos Dimitris Konstantinos'),
    },
    cities: [
      ['Θεσσαλονίκη', '546 21'],
      ['Πάτρα', '262 21'],
    ],
    streets: words('Εγνατία Αγίου_Νικολάου'),
    country: 'GR',
    language: 'el',
  },
  {
    family: words('शर्मा पटेल राव नायर'),
    female: words('प्रिया अनन्या कविता'),
    male: words('अर्जुन रोहन विक्रम'),
    latin: { family: words('Sharma Patel Rao Nair'), female: words('Priya Ananya Kavita'), male: words('Arjun Rohan Vikram') },
    cities: [
      ['पुणे', '411001'],
      ['जयपुर', '302001'],
    ],
    streets: words('महात्मा_गांधी_मार्ग स्टेशन_रोड'),
    country: 'IN',
    language: 'hi',
  },
];
