// ISO 4217:2015 with its amendments to 2025, list one (SIX Financial Information AG, maintenance agency): national currencies.
// Funds codes, bond units and metals are no money of an agreement; CLF and UYW are units of account in which contracts are written.
#include "check/currency_table.h"

#include <algorithm>

namespace writ::check {
namespace {

constexpr std::string_view codes[] = {
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP",
    "BYN", "BZD", "CAD", "CDF", "CHF", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP",
    "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES", "KGS", "KHR", "KPW",
    "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR",
    "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD", "SCR",
    "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TOP", "TRY", "TTD", "TWD", "TZS",
    "UAH", "USD", "UYU", "UZS", "VED", "VES", "WST", "XCD", "XCG", "YER", "ZAR", "ZMW", "ZWG", "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND",
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF", "CLF", "UYW"};
constexpr std::span<const std::string_view> all = codes;
constexpr std::string_view no_digits[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::string_view three_digits[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::string_view four_digits[] = {"CLF", "UYW"};

bool holds(std::span<const std::string_view> list, std::string_view code) { return std::find(list.begin(), list.end(), code) != list.end(); }

}  // namespace

std::optional<int> minor_digits_of(std::string_view code) {
  if (!holds(all, code)) return std::nullopt;
  if (holds(no_digits, code)) return 0;
  if (holds(three_digits, code)) return 3;
  return holds(four_digits, code) ? 4 : 2;
}

std::span<const std::string_view> currency_codes() { return all; }

}  // namespace writ::check
