"""What people are told: a table, in both languages. What the messages mean to a dossier: `flows.messages`."""

from collections.abc import Mapping

from motcua.kernel.say import Say
from motcua.notifications.about import UNFILED, UNFILED_TITLES, About

ABOUT: Mapping[str, About] = {
    **UNFILED,
    "submitted": About(
        Say("Đã nhận được hồ sơ gửi đến", "Your dossier has arrived"),
        Say(
            "Chúng tôi đã nhận được hồ sơ của ông/bà. Hồ sơ được kiểm tra và trả lời trước {answer_by}.",
            "We have your dossier. It is checked and answered before {answer_by}.",
        ),
        Say(
            "Ho so {code} da den noi, tra loi truoc {answer_by}.",
            "Dossier {code} arrived, answer by {answer_by}.",
        ),
        asked_for=True,
    ),
    "received": About(
        Say("Hồ sơ đã được tiếp nhận, hẹn trả {due}", "Dossier received, due {due}"),
        Say(
            "Hồ sơ của ông/bà đầy đủ và đã được tiếp nhận. Hẹn trả kết quả: {due}.",
            "Your dossier is complete and was received. The result is due {due}.",
        ),
        Say("Ho so {code} da tiep nhan, hen tra {due}.", "Dossier {code} received, due {due}."),
    ),
    "received_for": About(
        Say("Hồ sơ đã được tiếp nhận", "Dossier received"),
        Say(
            "Hồ sơ của ông/bà đã được tiếp nhận và chuyển đến cơ quan có thẩm quyền. Dự kiến trả kết quả: {due}. "
            "Ngày hẹn chính thức sẽ được báo khi cơ quan ấy nhận hồ sơ.",
            "Your dossier was received and goes to the competent agency. The result is expected {due}. "
            "The firm date follows when that agency has it.",
        ),
        Say(
            "Ho so {code} da tiep nhan, du kien tra {due}. Ngay hen chinh thuc se bao sau.",
            "Dossier {code} received, expected {due}. The firm date follows.",
        ),
    ),
    "received_open": About(
        Say("Hồ sơ đã được tiếp nhận", "Dossier received"),
        Say(
            "Hồ sơ của ông/bà đầy đủ và đã được tiếp nhận. Khi có kết quả, chúng tôi sẽ báo.",
            "Your dossier is complete and was received. You are told when the result is there.",
        ),
        Say(
            "Ho so {code} da tiep nhan, co ket qua se bao.",
            "Dossier {code} received; you are told of the result.",
        ),
    ),
    "half_way": About(
        Say("Hồ sơ đang được giải quyết đúng hẹn", "Your dossier is under way"),
        Say(
            "Hồ sơ của ông/bà đã qua nửa thời hạn và đang được giải quyết. Ngày hẹn trả vẫn là {due}.",
            "Half the time of your dossier has passed and it is being worked on. It is still due {due}.",
        ),
        Say(
            "Ho so {code} da qua nua thoi han, dang giai quyet, van hen tra {due}.",
            "Dossier {code} is half way, in process, still due {due}.",
        ),
    ),
    "papers": About(
        Say("Cần bổ sung giấy tờ, đến hết ngày {until}", "Papers are missing, due by {until}"),
        Say(
            "Hồ sơ còn thiếu giấy tờ nên phải chờ ông/bà bổ sung, đến hết ngày {until}. Xem giấy tờ còn thiếu ở "
            "{page}, rồi {supply}.",
            "Your dossier lacks papers and waits for them until the end of {until}. They are listed on {page}; "
            "{supply}.",
        ),
        Say(
            "Ho so {code} can bo sung giay to, den het ngay {until}.",
            "Dossier {code} waits for papers from you until {until}.",
        ),
    ),
    "payment": About(
        Say("Cần nộp phí, lệ phí: {amount} đồng", "To be paid: {amount} VND"),
        Say(
            "Hồ sơ chờ ông/bà nộp {amount} đồng phí, lệ phí: tại nơi đã nộp hồ sơ, hoặc theo cách ghi ở {page}.",
            "Your dossier waits for a payment of {amount} VND: where you handed it in, or as told on {page}.",
        ),
        Say(
            "Ho so {code} cho nop phi, le phi {amount} dong.",
            "Dossier {code} waits for {amount} VND to be paid.",
        ),
    ),
    "delay": About(
        Say("Xin lỗi vì chậm trả kết quả, hẹn lại {day}", "We are late and sorry; new date {day}"),
        Say(
            "Hồ sơ của ông/bà không xong được đúng hẹn ({cause}). Chúng tôi xin lỗi và hẹn lại ngày {day}.",
            "Your dossier can't be finished in time ({cause}). We are sorry; the new date is {day}.",
        ),
        Say(
            "Xin loi ong/ba, ho so {code} cham hen, hen lai ngay {day}.",
            "Sorry, dossier {code} is late, new date {day}.",
        ),
    ),
    "moved": About(
        Say("Ngày hẹn trả thay đổi: {due}", "The due date moves: {due}"),
        Say(
            "Ngày hẹn trả kết quả hồ sơ của ông/bà chuyển sang {due}. Lý do xem ở {page}.",
            "The due date of your dossier moves to {due}. See why on {page}.",
        ),
        Say("Ho so {code} doi ngay hen tra: {due}.", "Dossier {code} has a new due date: {due}."),
    ),
    "extended": About(
        Say("Cần thêm thời gian, hẹn trả {due}", "More time is needed, due {due}"),
        Say(
            "Cơ quan cần thêm thời gian giải quyết hồ sơ của ông/bà. Hẹn trả kết quả: {due}. Lý do xem ở {page}.",
            "Your dossier needs more time. The result is due {due}. See why on {page}.",
        ),
        Say(
            "Ho so {code} can them thoi gian, hen tra {due}.",
            "Dossier {code} needs more time, due {due}.",
        ),
    ),
    "consulting": About(
        Say("Đang lấy ý kiến {agency}", "The opinion of {agency} is asked"),
        Say(
            "Hồ sơ của ông/bà cần ý kiến của {agency}. Thời gian chờ ý kiến không tính vào thời hạn; có ý kiến rồi, "
            "ông/bà được báo ngày hẹn trả mới.",
            "Your dossier needs the opinion of {agency}. The wait is left out of the time limit; once it is there you "
            "are told the new due date.",
        ),
        Say(
            "Ho so {code} dang cho y kien co quan khac, ngay hen tra se bao sau.",
            "Dossier {code} waits for an opinion, the new date follows.",
        ),
    ),
    "consulted": About(
        Say("Đã lấy ý kiến xong, hẹn trả {due}", "The opinion is there, due {due}"),
        Say(
            "Việc chờ ý kiến đã kết thúc, hồ sơ của ông/bà được giải quyết tiếp. Hẹn trả kết quả: {due}.",
            "The wait for an opinion is over and your dossier goes on. The result is due {due}.",
        ),
        Say(
            "Ho so {code} da lay y kien xong, hen tra {due}.",
            "Dossier {code} goes on after an opinion, due {due}.",
        ),
    ),
    "firm": About(
        Say("Ngày hẹn trả chính thức: {due}", "The firm due date: {due}"),
        Say(
            "Cơ quan có thẩm quyền đã nhận hồ sơ của ông/bà. Hẹn trả kết quả: {due}.",
            "The competent agency has your dossier. The result is due {due}.",
        ),
        Say("Ho so {code} co ngay hen tra chinh thuc: {due}.", "Dossier {code} has a firm due date: {due}."),
    ),
    "transferred": About(
        Say("Hồ sơ được chuyển đến cơ quan có thẩm quyền", "Your dossier goes to another agency"),
        Say(
            "Hồ sơ của ông/bà được chuyển đến {agency}. Ông/bà không phải nộp lại; "
            "ngày hẹn trả sẽ được báo khi cơ quan ấy nhận hồ sơ.",
            "Your dossier goes to {agency}. You need not hand it in again; "
            "the due date follows when that agency has it.",
        ),
        Say(
            "Ho so {code} chuyen den co quan co tham quyen, khong phai nop lai.",
            "Dossier {code} goes to the competent agency; nothing to hand in again.",
        ),
    ),
    "ready": About(
        Say("Đã có kết quả", "The result is ready"),
        Say(
            "Hồ sơ của ông/bà đã có kết quả. Mời ông/bà đến {desk} nhận, mang theo {bring}.",
            "The result of your dossier is ready. Collect it at {desk}; bring {bring}.",
        ),
        Say(
            "Ho so {code} da co ket qua, moi den nhan.",
            "The result of dossier {code} is ready to be collected.",
        ),
    ),
    "sent_to_you": About(
        Say("Đã có kết quả", "The result is ready"),
        Say(
            "Hồ sơ của ông/bà đã có kết quả. Kết quả được gửi đến ông/bà theo cách đã chọn khi nộp.",
            "The result of your dossier is ready. It is sent to you in the way chosen when it was handed in.",
        ),
        Say(
            "Ho so {code} da co ket qua va se duoc gui den.",
            "The result of dossier {code} is ready and is sent.",
        ),
    ),
    "collect": About(
        Say("Nhắc nhận kết quả", "Your result waits for you"),
        Say(
            "Kết quả hồ sơ của ông/bà vẫn chờ ở {desk}. Mời ông/bà đến nhận, mang theo {bring}.",
            "The result of your dossier still waits at {desk}. Bring {bring}.",
        ),
        Say(
            "Ket qua ho so {code} van cho, moi den nhan.",
            "The result of dossier {code} still waits to be collected.",
        ),
    ),
    "papers_again": About(
        Say("Nhắc bổ sung giấy tờ", "Papers are still missing"),
        Say(
            "Hồ sơ chờ giấy tờ ông/bà bổ sung từ {since}, đến hết ngày {until}. Sau ngày ấy hồ sơ có thể bị dừng "
            "giải quyết.",
            "Your dossier has waited for papers since {since}, and waits until the end of {until}. "
            "After that it may be stopped.",
        ),
        Say(
            "Ho so {code} cho bo sung giay to tu {since} den het ngay {until}.",
            "Dossier {code} has waited for papers since {since}, until {until}.",
        ),
    ),
    "papers_over": About(
        Say("Đã hết thời gian bổ sung giấy tờ", "The time to bring papers is over"),
        Say(
            "Thời gian bổ sung giấy tờ đã hết ngày {until}. Hồ sơ có thể bị dừng giải quyết; khi chưa có thông báo "
            "dừng, ông/bà vẫn bổ sung được.",
            "The time to bring papers ended on {until}. The dossier may be stopped; as long as you have no notice "
            "of that, you can still bring them.",
        ),
        Say(
            "Ho so {code} het thoi gian bo sung giay to ngay {until}, co the bi dung.",
            "Dossier {code}: the time to bring papers ended {until}, it may be stopped.",
        ),
    ),
    "refused": About(
        Say("Hồ sơ không được tiếp nhận", "Your dossier was refused"),
        Say(
            "Hồ sơ của ông/bà không được tiếp nhận. Lý do ghi trong phiếu từ chối; chưa có phiếu thì hỏi tại quầy.",
            "Your dossier was not received. The notice of refusal says why; ask the desk if you have none.",
        ),
        Say("Ho so {code} khong duoc tiep nhan.", "Dossier {code} was refused."),
    ),
    "stopped": About(
        Say("Hồ sơ dừng giải quyết", "Your dossier was stopped"),
        Say(
            "Hồ sơ của ông/bà dừng giải quyết. Lý do ghi trong thông báo; chưa có thì hỏi tại quầy.",
            "Your dossier was stopped. The notice says why; ask the desk if you have none.",
        ),
        Say("Ho so {code} dung giai quyet.", "Dossier {code} was stopped."),
    ),
    "withdrawn": About(
        Say("Đã rút hồ sơ", "Your dossier is withdrawn"),
        Say(
            "Hồ sơ đã được rút theo yêu cầu của ông/bà. Nếu không phải ông/bà yêu cầu, hãy báo ngay cho quầy.",
            "The dossier was withdrawn as you asked. If you did not ask for it, tell the desk at once.",
        ),
        Say("Ho so {code} da duoc rut theo yeu cau.", "Dossier {code} was withdrawn as asked."),
        asked_for=True,
    ),
    "preferences": About(
        Say("Đã đổi cách nhận tin", "How you are told has changed"),
        Say(
            "Cách nhận tin về hồ sơ vừa được đổi ở trang tra cứu. Nếu không phải ông/bà đổi, hãy báo cho quầy.",
            "How you are told of your dossier was changed on the tracking page. If it was not you, tell the desk.",
        ),
        Say(
            "Vua doi cach nhan tin cua ho so {code}. Neu khong phai ong/ba, hay bao quay.",
            "How you are told of dossier {code} was changed. If it was not you, tell the desk.",
        ),
        asked_for=True,
    ),
}

# What lists call them.
TITLES: Mapping[str, Say] = {
    **UNFILED_TITLES,
    "submitted": Say("Đã đến nơi", "Arrived"),
    "received": Say("Đã tiếp nhận, ngày hẹn", "Received, due date"),
    "received_for": Say("Đã tiếp nhận, ngày dự kiến", "Received, expected date"),
    "received_open": Say("Đã tiếp nhận", "Received"),
    "half_way": Say("Nửa thời hạn", "Half-way"),
    "papers": Say("Cần bổ sung giấy tờ", "Papers missing"),
    "payment": Say("Cần nộp phí, lệ phí", "To be paid"),
    "delay": Say("Xin lỗi, hẹn lại", "Apology, new date"),
    "moved": Say("Ngày hẹn thay đổi", "Due date moved"),
    "extended": Say("Gia hạn, ngày hẹn mới", "More time, new due date"),
    "consulting": Say("Đang lấy ý kiến", "An opinion is asked"),
    "consulted": Say("Lấy ý kiến xong, ngày hẹn mới", "Opinion there, new due date"),
    "firm": Say("Ngày hẹn chính thức", "Firm due date"),
    "transferred": Say("Chuyển cơ quan", "Transferred"),
    "ready": Say("Mời nhận kết quả", "Result ready"),
    "sent_to_you": Say("Kết quả được gửi đến", "Result is sent"),
    "collect": Say("Nhắc nhận kết quả", "Reminder to collect"),
    "papers_again": Say("Nhắc bổ sung giấy tờ", "Reminder of papers"),
    "papers_over": Say("Hết thời gian bổ sung", "Time for papers over"),
    "refused": Say("Từ chối tiếp nhận", "Refused"),
    "stopped": Say("Dừng giải quyết", "Stopped"),
    "withdrawn": Say("Đã rút hồ sơ", "Withdrawn"),
    "preferences": Say("Đổi cách nhận tin", "How to be told changed"),
}
