/**
 * Six words that people read to each other, to be sure that both have the same public keys before them; the same as
 * zicht.contact.sealing.six_words, where it says why six are enough and why each person has words of her own.
 */
import { argon2idAsync } from "../vendor/sealing.js";
import { checkLength, checkName, join } from "../chat/bytes.js";
import { hash } from "../chat/keys.js";

/** @import { Bytes } from "../chat/bytes.js" */
/** @typedef {{ org: string, user: string, xPk: Bytes, edPk: Bytes }} PublicUser */

const LABEL = "zicht/v1/words";
const SALT_LENGTH = 16;
const KEY_LENGTH = 32;
const COST = { m: 8 * 1024, t: 3, p: 1, dkLen: 6 }; // m in KiB; one byte for each word

// Words in the same place mean the same.
const DUTCH = `
  aardbei amandel ananas anker appel arend bakker baksteen balkon bamboe banaan batterij berk bever bezem bibliotheek
  bliksem boerderij boon borstel boter bril brood brug bus cactus camera chocolade citroen dak deken diamant distel
  dolfijn donder druif duim eekhoorn eend eik eiland elleboog emmer envelop ezel fabriek fiets flamingo fles fluit
  framboos geel geit giraffe gitaar glas gletsjer gordijn groen hagedis hagel hamer hamster handschoen haring haven
  heide heuvel hond honing ijzer inktvis januari kaas kalender kam kameel kangoeroe kano kapitein kast kastanje katoen
  kers ketel kikker kip klaver klei klok knie knoflook knoop koekje koffer koffie kokosnoot komeet komkommer kompas
  konijn koper krant kreeft kristal krokodil laars ladder lamp lavendel leeuw lente lepel libel lijster limonade maan
  maandag madelief magneet mammoet mand markt marmer meloen middernacht mier moeras molen mossel mosterd museum naald
  narcis neushoorn oceaan ochtend oester oktober olifant ooievaar oranje orgel otter oven paard paddenstoel pan
  pannenkoek panter papier paraplu pauw peer perzik pet piano piloot pinguïn planeet pompoen pop potlood prei pruim
  puzzel raam radijs radio raket regenboog riet rijst ring rivier roos rozijn rubber rugzak schaap schaats schilder
  schildpad schoorsteen schouder schroef schuur sjaal sleutel sneeuw soep specht spiegel spin spinazie sprinkhaan ster
  stoel struisvogel suiker taart tafel tapijt telescoop theater tijger tomaat toren tractor trap trein trommel trompet
  trui tuin tulp tunnel ui vallei vanille varken viool visser vlag vlieger vliegtuig vlinder voetbal vork vos
  vrachtwagen vulkaan vuurtoren walnoot walvis waterval wiel wilg winter woestijn wolf wortel woud yoghurt zaag zalm
  zaterdag zebra zeilboot zijde zilver zomer zon zonnebloem zout zwaan
`;
const ENGLISH = `
  strawberry almond pineapple anchor apple eagle baker brick balcony bamboo banana battery birch beaver broom library
  lightning farm bean brush butter glasses bread bridge bus cactus camera chocolate lemon roof blanket diamond thistle
  dolphin thunder grape thumb squirrel duck oak island elbow bucket envelope donkey factory bicycle flamingo bottle
  flute raspberry yellow goat giraffe guitar glass glacier curtain green lizard hail hammer hamster glove herring
  harbour heath hill dog honey iron octopus january cheese calendar comb camel kangaroo canoe captain cupboard
  chestnut cotton cherry kettle frog chicken clover clay clock knee garlic button biscuit suitcase coffee coconut
  comet cucumber compass rabbit copper newspaper lobster crystal crocodile boot ladder lamp lavender lion spring spoon
  dragonfly thrush lemonade moon monday daisy magnet mammoth basket market marble melon midnight ant swamp windmill
  mussel mustard museum needle daffodil rhinoceros ocean morning oyster october elephant stork orange organ otter oven
  horse mushroom pan pancake panther paper umbrella peacock pear peach cap piano pilot penguin planet pumpkin doll
  pencil leek plum puzzle window radish radio rocket rainbow reed rice ring river rose raisin rubber rucksack sheep
  skate painter turtle chimney shoulder screw barn scarf key snow soup woodpecker mirror spider spinach grasshopper
  star chair ostrich sugar cake table carpet telescope theatre tiger tomato tower tractor stairs train drum trumpet
  sweater garden tulip tunnel onion valley vanilla pig violin fisherman flag kite aeroplane butterfly football fork
  fox lorry volcano lighthouse walnut whale waterfall wheel willow winter desert wolf carrot forest yoghurt saw salmon
  saturday zebra sailboat silk silver summer sun sunflower salt swan
`;

/** @type {Record<string, string[]>} */
const LISTS = { nl: DUTCH.trim().split(/\s+/), en: ENGLISH.trim().split(/\s+/) };

/**
 * Give the words of one key: a root, or the signing key of a lead.
 * @param {Bytes} publicKey
 * @param {string} language nl or en
 */
export function wordsOfKey(publicKey, language) {
  return words(language, "key", checkLength(publicKey, KEY_LENGTH));
}

/**
 * Give the words of a counsellor with both of her public keys.
 * @param {PublicUser} user
 * @param {string} language nl or en
 */
export function wordsOfUser({ org, user, xPk, edPk }, language) {
  const keys = [xPk, edPk].map((key) => checkLength(key, KEY_LENGTH));
  return words(language, "user", checkName(org), checkName(user), ...keys);
}

/**
 * @param {string} language
 * @param {string} what
 * @param {...(Bytes | string)} parts
 */
async function words(language, what, ...parts) {
  const list = LISTS[language] ?? LISTS["en"] ?? [];
  const salt = hash(new TextEncoder().encode(LABEL)).slice(0, SALT_LENGTH);
  const drawn = await argon2idAsync(join(LABEL, what, ...parts), salt, COST);
  return Array.from(drawn, (byte) => list[byte]).join(" ");
}
