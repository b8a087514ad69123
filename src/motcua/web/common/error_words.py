"""What the page of an HTTP error says: what happened, what to do. 500.html and 503.html are static."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """`title` heads the page, `happened` is one sentence, `then` says how to go on, `at_home` the same to who is no
    staff, where that differs."""

    title: str | Promise
    happened: str | Promise
    then: str | Promise
    at_home: str | Promise = ""


ERROR_WORDS: dict[int, ErrorWords] = {
    400: ErrorWords(
        _("Yêu cầu không đọc được"),
        _("Máy chủ không hiểu dữ liệu trình duyệt vừa gửi; chưa có gì được ghi."),
        _("Hãy quay lại, tải lại trang rồi làm lại. Nếu đường dẫn được chép tay, hãy kiểm tra từng ký tự."),
    ),
    403: ErrorWords(
        _("Không có quyền làm việc này"),
        _("Tài khoản đang dùng không được giao việc này, hoặc hồ sơ không thuộc phạm vi của đơn vị."),
        _("Nếu công việc cần đến, hãy báo người quản trị phân vị trí; có nhiều vị trí thì chọn đúng vị trí."),
        _("Hãy xem đang làm cho ai: cho bản thân hay cho doanh nghiệp. Cần hỏi thì gọi bộ phận một cửa."),
    ),
    404: ErrorWords(
        _("Không tìm thấy trang"),
        _("Không có gì ở địa chỉ này, hoặc tài khoản đang dùng không được xem."),
        _("Hãy kiểm tra lại địa chỉ hoặc mã hồ sơ, rồi tìm từ trang đầu."),
    ),
    405: ErrorWords(
        _("Không mở được trực tiếp"),
        _("Địa chỉ này chỉ nhận dữ liệu gửi từ biểu mẫu."),
        _("Hãy bắt đầu lại từ trang có biểu mẫu."),
    ),
    409: ErrorWords(
        _("Hồ sơ đã thay đổi"),
        _("Người khác vừa xử lý hồ sơ này, hoặc việc này không còn làm được ở trạng thái hiện tại."),
        _("Hãy mở lại hồ sơ để xem trạng thái mới rồi quyết định."),
    ),
    413: ErrorWords(
        _("Tệp quá lớn"),
        _("Dữ liệu gửi lên vượt quá dung lượng cho phép; chưa có gì được ghi."),
        _("Hãy chia nhỏ hoặc giảm độ phân giải của tệp rồi gửi lại."),
    ),
    419: ErrorWords(
        _("Trang đã để quá lâu"),
        _("Trình duyệt gửi kèm một mã bảo vệ đã hết hạn, hoặc đã chặn cookie; chưa có gì được ghi."),
        _("Hãy quay lại, tải lại trang rồi gửi lại."),
    ),
    422: ErrorWords(
        _("Thông tin chưa đúng"),
        _("Có chỗ trong biểu mẫu chưa hợp lệ; chưa có gì được ghi."),
        _("Hãy quay lại biểu mẫu, sửa chỗ được nêu rồi gửi lại."),
    ),
    429: ErrorWords(
        _("Thử quá nhiều lần"),
        _("Địa chỉ hoặc tài khoản này vừa thử sai hay gửi quá nhiều lần."),
        _("Hãy đợi một lúc rồi thử lại. Nếu quên mã, hãy mang giấy tờ đến bộ phận một cửa để được cấp lại."),
    ),
    503: ErrorWords(
        _("Tạm thời chưa làm được"),
        _("Một phần của hệ thống đang không hoạt động; chưa có gì được ghi."),
        _("Hãy thử lại sau ít phút. Người dân đang chờ vẫn có thể được tiếp nhận bằng sổ giấy có đánh số."),
    ),
}
OTHER = ErrorWords(
    _("Chưa làm được"),
    _("Việc vừa làm chưa được ghi nhận."),
    _("Hãy quay lại và thử lại. Nếu vẫn lỗi, hãy báo người quản trị giờ và phút xảy ra."),
)
